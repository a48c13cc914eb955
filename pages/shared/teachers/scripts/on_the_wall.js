// Keys for the projector. A presenter's two buttons send PageDown and PageUp.
const BUTTONS = {
  ArrowRight: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "back", PageUp: "back", Home: "end", Escape: "end",
};
let picture = "";

// Where a key means something else: a number that is being typed or stepped, a button, a choice.
function isTaken(event) {
  const at = event.composedPath()[0];
  const pressed = event.key === " " || event.key === "Enter" ? ", button, a, summary" : "";
  const own = `input, textarea, select, .item, [role=radio], [role=slider], [role=option]${pressed}`;
  return at instanceof Element && Boolean(at.closest(own));
}

function flowButton(name) {
  const place = document.querySelector(`.st-key-${picture}`);
  const roots = [place, ...(place?.querySelectorAll("*") ?? [])].map((e) => e?.shadowRoot).filter(Boolean);
  return roots.map((root) => root.querySelector(`.flow .${name}`)).find(Boolean);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "f") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  } else if (key === "m") {
    document.documentElement.classList.toggle("wall-menu");
  } else if (BUTTONS[key] && !event.shiftKey) {
    flowButton(BUTTONS[key])?.click();
  } else {
    return;
  }
  event.preventDefault();
}

export default ({ data }) => {
  [picture] = data;
  document.addEventListener("keydown", pressed);
  return () => {
    document.removeEventListener("keydown", pressed);
    document.documentElement.classList.remove("wall-menu");
  };
};
