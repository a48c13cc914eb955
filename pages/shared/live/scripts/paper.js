// On paper. What measures itself must know the sheet's width, and a browser asks for nothing once it
// lays a sheet out. So all rules for paper hold already while it gets ready, and everything that
// `draws` is drawn by them. The width is in the app's own style sheet (app.css).
const paper = (globalThis.blamePaper ??= (() => {
  const made = { printing: false, draws: new Set(), sheets: new Set() };
  const rules = () => [...document.styleSheets, ...made.sheets].flatMap((sheet) => [...sheet.cssRules]);
  const turn = (from, to) => {
    for (const { media } of rules()) if (media?.mediaText === from) media.mediaText = to;
  };
  const go = (printing) => {
    made.printing = printing;
    turn(...(printing ? ["print", "print, screen"] : ["print, screen", "print"]));
    for (const draw of made.draws) draw();
  };
  addEventListener("beforeprint", () => go(true));
  addEventListener("afterprint", () => go(false));
  return made;
})());
