// The component: made once, then redrawn in place whenever Python sends new data.
function build(parentElement) {
  const root = html("div", "picture");
  root.parts = new Map();
  root.used = new Set();
  root.stages = [];
  root.backs = [];
  root.at = -1;
  beginSending(root, SENDS);
  root.board = html("div", "board", undefined, root);
  root.stage = html("div", "stage", undefined, root.board);
  root.svg = root.stage.appendChild(document.createElementNS(SVG, "svg"));
  root.field = html("div", "field", undefined, root.stage);
  root.field.hidden = true;
  const input = html("input", "", undefined, root.field);
  input.inputMode = "text";
  input.autocomplete = "off";
  html("div", "message", undefined, root.field).setAttribute("role", "alert");
  root.halted = html("div", "halted", undefined, root.stage);
  html("div", "message", undefined, root.halted).setAttribute("role", "status");
  endHalt(root);
  root.note = html("div", "note", undefined, root.stage);
  root.note.setAttribute("role", "status");
  root.panel = html("section", "receipt", undefined, root.board);
  root.panel.setAttribute("aria-label", "The opened number");
  root.flow = html("div", "flow", undefined, root);
  makeFlow(root);
  listenForReach(root);
  listenForDrags(root);
  listenForKeys(root);
  listenForTyping(root);
  listenInReceipt(root);
  root.onWidth = () => {
    const width = Math.round(root.stage.clientWidth);
    if (width > 0 && width !== root.width && root.data) {
      root.width = width;
      drawPicture(root);
    }
  };
  root.observer = new ResizeObserver(root.onWidth);
  parentElement.appendChild(root);
  return root;
}

function draw({ data, parentElement, setTriggerValue, key }) {
  const root = parentElement.querySelector(".picture") || build(parentElement);
  root.trigger = setTriggerValue;
  root.key = key;
  // The clean-up below may have run since; observing twice does no harm.
  root.observer.observe(root.stage);
  paper.draws.add(root.onWidth);
  if (data && data[0]) {
    const { opened } = root, before = root.data;
    root.data = data[0];
    root.dataset.kind = root.data.kind ?? "";
    root.stages = root.data.flow;
    // What was watched of another graph says nothing of this one.
    if (before && before.graph !== root.data.graph) {
      clearTimeout(root.timer);
      root.at = -1;
      endHalt(root);
      root.playing = false;
      root.classList.remove("flowing");
    }
    root.at = Math.min(root.at, root.stages.length - 1);
    root.opened = root.telling ?? (root.data.receipt ? root.data.receipt.name : "");
    // To be asked, the browser works out every style, in the midst of a frame under a hand.
    if (!before || !globalThis.blameFilm?.holds()) root.classList.toggle("dark", isDark(root));
    root.classList.toggle("has-receipt", root.data.names.length > 0);
    root.classList.toggle("quiet", Boolean(root.data.quiet));
    root.width = root.width || Math.round(root.stage.clientWidth);
    if (before && before.session !== root.data.session) remind(root, opened);
    answered(root);
    if (root.width > 0) relight(root);
    drawReceipt(root);
    drawFlow(root);
  }
  return () => {
    root.observer.disconnect();
    paper.draws.delete(root.onWidth);
  };
}

blamePart(draw);
