// One change of the reader's is one entry of the browser's history.
// A page change loses the numbers of the address, and Streamlit adds another entry when they are
// written there again. The way back would lead through the one without numbers.
let visiting = true;

function mergeEntries() {
  if (history.blameMerged) return;
  history.blameMerged = true;
  const push = history.pushState;
  history.pushState = function (state, title, url) {
    const goes = new URL(url ?? location.href, location.href);
    const same = goes.pathname === location.pathname;
    if (!same) visiting = true;
    if (same && visiting) history.replaceState(state, title, url);
    else push.call(history, state, title, url);
  };
  addEventListener("popstate", () => {
    visiting = false;
  });
}

// The page is whole: what changes the address from now on is the reader.
function visited() {
  visiting = false;
}

mergeEntries();
