// Plotly, as Streamlit brings it for its own charts: its script leaves it at the window.
// A slow line brings its one and a half megabytes in half a minute.
const PATIENCE = 120000;
const Plotly = () => globalThis.Plotly;
let bringing = null;

// Whether it has come; asked for once, however many charts wait for it.
function bringPlotly() {
  bringing ??= Promise.race([
    import(new URL(PLOTLY, folderOfScripts())),
    new Promise((_, refuse) => setTimeout(refuse, PATIENCE)),
  ]).then(
    () => Boolean(Plotly()),
    () => Boolean(Plotly()),
  );
  return bringing;
}

function folderOfScripts() {
  return [...document.scripts].find((script) => script.src.includes("/static/js/"))?.src;
}
