// The player: made once, then told what the page shows.
const TAKES = ["pointerdown", "keydown"];
const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

function step(root, to, now, scrubs = false) {
  if (root.playing) stop(root);
  root.scrubs = scrubs;
  return go(root, to, now);
}

// What a handle along the run does, it does here (handles/move.js): the run has one hand.
function lend(root) {
  root.lent ??= {
    at: () => placeOf(root),
    near: () => reach(root),
    go: (to) => step(root, to, false),
    rest: () => root.at !== null && step(root, root.at, true),
  };
  (globalThis.blameRuns ??= {})[root.told.name] = root.lent;
}

function takeBack(root) {
  const { name } = root.told;
  if (globalThis.blameRuns[name] === root.lent) delete globalThis.blameRuns[name];
}

// What is done to anything else is done to the step on screen: of that the server is told first.
function pauseFor(root, event) {
  const path = event.composedPath();
  const takes = "input, textarea, select, button, a, [role=slider], [role=combobox], [role=option]";
  if (["Tab", "Escape", "Shift"].includes(event.key) || path.includes(root.node)) return;
  if (root.playing && path.some((each) => each.matches?.(takes))) pause(root);
}

function listen(root) {
  const { node, slider } = root;
  root.play.addEventListener("click", () => {
    if (root.playing) pause(root);
    // It stays where the piece that is on its way ends.
    else if (trains(root)) root.halts = true;
    else play(root);
  });
  root.start.addEventListener("click", () => step(root, 0, false));
  root.back.addEventListener("click", () => step(root, placeOf(root) - 1, false));
  root.step.addEventListener("click", () => step(root, placeOf(root) + 1, false));
  root.speed.addEventListener("change", () => choseSpeed(root));
  slider.addEventListener("input", () => step(root, Number(slider.value), false, true));
  root.field.addEventListener("change", () => {
    const wanted = Number(root.field.value);
    if (root.field.value !== "" && Number.isFinite(wanted)) step(root, Math.round(wanted), true);
    else drawControls(root);
  });
  root.alone = (event) => pauseFor(root, event);
  slider.addEventListener("pointerup", () => root.at !== null && step(root, root.at, true));
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event;
    if (target === root.speed || target === root.field || (key === " " && target !== slider)) return;
    if (key === " ") {
      // Held down it would play and pause in turn.
      if (!event.repeat && root.told.plays) root.play.click();
    } else if (KEYS[key]) step(root, placeOf(root) + KEYS[key], false);
    else if (key === "Home") step(root, 0, false);
    else if (key === "End") step(root, root.told.last, false);
    else return;
    event.preventDefault();
  });
  node.addEventListener("pointerenter", () => reach(root));
  node.addEventListener("focusin", () => reach(root));
}

function drawPlayer({ data, parentElement, setTriggerValue, key }) {
  let root = parentElement.querySelector(".player")?.root;
  if (!root) {
    root = makeControls(parentElement);
    listen(root);
  }
  const before = root.told;
  Object.assign(root, { told: data[0], trigger: setTriggerValue, key, gone: false });
  drawSpeeds(root);
  answered(root, before);
  drawControls(root);
  lend(root);
  if (root.told.grows) for (const what of TAKES) document.addEventListener(what, root.alone, true);
  return () => {
    takeBack(root);
    root.gone = true;
    for (const what of TAKES) document.removeEventListener(what, root.alone, true);
    clearTimeout(root.pause);
    clearTimeout(root.retry);
  };
}

blamePart(drawPlayer);
