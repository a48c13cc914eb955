// What is pointed at, focused or touched.
function quantityAt(event) {
  const path = event.composedPath();
  if (path.some((element) => element.dataset?.testid === "stSidebar") && isApart()) return null;
  const own = path.find((element) => element.dataset?.quantity);
  if (own) return quantitiesOf(own);
  const chart = path.find((element) => element.dataset?.testid === "chart");
  if (chart && "clientX" in event) return barAt(chart, event.clientX, event.clientY);
  if (chart && chart === path[0]) return barByKeys(chart, 0);
  if (!("clientX" in event)) return null;
  if (path.some((element) => element.classList?.contains("katex-html"))) {
    const found = factorAt(event.clientX, event.clientY) ?? symbolAt(event.clientX, event.clientY);
    if (found) return found;
  }
  return nameAt(event.clientX, event.clientY);
}

function listenForHands() {
  // Beforehand: all that is on the page is looked through for it, once, and not under a hand.
  dressed(document);
  let last = null;
  const look = () => {
    const event = last;
    last = null;
    if (event) want("hovered", quantityAt(event));
  };
  const passive = { passive: true, capture: true };
  document.addEventListener("pointermove", (event) => {
    // What a hand holds stays lit: to look for what lies below it costs a frame's time.
    if (event.pointerType === "touch" || globalThis.blameFilm?.holds()) return;
    // The path of an event is there only while it is told.
    const path = event.composedPath(), { clientX, clientY } = event;
    if (!last) requestAnimationFrame(look);
    last = { composedPath: () => path, clientX, clientY };
  }, passive);
  document.documentElement.addEventListener("pointerleave", () => {
    last = null;
    want("hovered", null);
  });
  // A finger has no way to hover: what it touched stays lit until it touches something else.
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") want("touched", quantityAt(event));
  }, passive);
  document.addEventListener("focusin", (event) => want("focused", quantityAt(event)), passive);
  document.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    if (way === undefined || event.target.dataset?.testid !== "chart") return;
    event.preventDefault();
    want("focused", barByKeys(event.target, way));
  });
  document.addEventListener("focusout", () => want("focused", null), passive);
}

export default function () {
  if (globalThis.blameFaces) return;
  globalThis.blameFaces = true;
  listenForHands();
}
