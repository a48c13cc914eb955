// The sheet: made once, then written in place whenever Python sends new numbers. Its layout comes
// once a page, with this code.
let layout = [];
const sheets = new Set();

function layAnew(told) {
  layout = told;
  for (const root of sheets) if (root.data) drawNumbers(root);
}

function buildSheet(parentElement) {
  const root = make("div", "sheet");
  beginSending(root, SENDS);
  Object.assign(root, { replied: 0, words: "" });
  makeButtons(root);
  const hint = make("p", "hint", root, "Arrow up and down step; Shift steps further, Alt less. Enter goes down.");
  hint.id = "hint";
  hint.hidden = true;
  root.body = make("div", "body", root);
  root.summary = make("div", "summary", root);
  root.summary.setAttribute("aria-live", "polite");
  listenAtCells(root);
  root.onKey = (event) => {
    const way = backOf(root, event);
    if (!way) return;
    event.preventDefault();
    back(root, way);
  };
  parentElement.appendChild(root);
  return root;
}

function drawNumbers(root) {
  // Another exercise brings its own layout along.
  layOut(root, root.data.parts ?? layout);
  write(root);
  drawButtons(root);
}

function drawSheet({ data, parentElement, setTriggerValue, key }) {
  const root = parentElement.querySelector(".sheet") ?? buildSheet(parentElement);
  root.trigger = setTriggerValue;
  root.key = key;
  sheets.add(root);
  document.addEventListener("keydown", root.onKey);
  if (data && data[0]) {
    const before = root.data;
    [root.data] = data;
    if (!before || before.visit !== root.data.visit) visited();
    answered(root, before);
    drawNumbers(root);
  }
  return () => {
    sheets.delete(root);
    document.removeEventListener("keydown", root.onKey);
  };
}

blamePart(drawSheet, layAnew);
