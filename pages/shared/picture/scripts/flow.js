// Watch it flow: one stage after another, by itself or by hand. Moves nothing for readers who have
// asked their system for less motion.
const IDLE = "Watch the numbers travel to the loss, and what happens on the way, stage by stage.";
const SECONDS = { slow: 3.4, medium: 2, fast: 1 };

function reduced() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Every number that is given, or found up to the current stage and still true after it.
function knownAt(root) {
  const later = root.stages.slice(root.at + 1).flatMap((stage) => stage.shows);
  return allBut([...later, ...(root.stages[root.at].stale ?? [])]);
}

function allBut(names) {
  const unknown = new Set(names);
  return { has: (name) => !unknown.has(name) };
}

// The opened number is one of the stage's own.
function openOf(root, stage) {
  if (!stage?.opens || stage.opens === root.opened) return;
  root.opened = root.telling = stage.opens;
  tell(root);
}

function makeFlow(root) {
  const bar = root.flow;
  const button = (name, text) => {
    const made = html("button", name, text, bar);
    made.type = "button";
    return made;
  };
  root.play = button("play", "Watch it flow");
  button("back", "Back").addEventListener("click", () => goTo(root, root.at - 1, false));
  button("next", "Next").addEventListener("click", () => goTo(root, root.at + 1, false));
  button("end", "Show all").addEventListener("click", () => goTo(root, -1, false));
  const label = html("label", "", "Speed ", bar);
  root.speed = html("select", "speed", undefined, label);
  for (const name of Object.keys(SECONDS)) root.speed.add(new Option(name, name));
  root.speed.value = "medium";
  root.play.addEventListener("click", () => (root.playing ? pauseFlow(root) : playFlow(root)));
  root.sentence = html("div", "sentence", undefined, bar);
  root.sentence.setAttribute("role", "status");
  root.lines = html("pre", "lines", undefined, bar);
}

function playFlow(root) {
  root.playing = true;
  goTo(root, root.at >= root.stages.length - 1 ? 0 : root.at + 1, true);
}

function pauseFlow(root) {
  root.playing = false;
  clearTimeout(root.timer);
  drawFlow(root);
}

function goTo(root, at, playing) {
  if (!root.stages.length) {
    // What happens at each stage is worked out once it is asked for.
    root.begins = { playing };
    root.trigger("watched", true);
    return;
  }
  clearTimeout(root.timer);
  root.playing = playing;
  root.at = Math.max(-1, Math.min(at, root.stages.length - 1));
  root.classList.toggle("flowing", root.at >= 0);
  root.classList.remove("tapped");
  openOf(root, root.stages[root.at]);
  relight(root);
  drawReceipt(root);
  drawFlow(root);
  travel(root);
  if (!playing) return;
  const wait = 1000 * SECONDS[root.speed.value];
  root.timer = setTimeout(() => {
    if (root.at < root.stages.length - 1) goTo(root, root.at + 1, true);
    else pauseFlow(root);
  }, wait);
}

function drawFlow(root) {
  const { stages, at } = root;
  root.flow.hidden = !root.data.flows;
  if (root.flow.hidden) return;
  if (root.begins && stages.length) {
    const { playing } = root.begins;
    root.begins = null;
    goTo(root, 0, playing);
    return;
  }
  const stage = stages[at];
  say(root.play, root.playing ? "Pause" : at < 0 ? "Watch it flow" : "Play");
  root.flow.querySelector(".back").disabled = at < 0;
  root.flow.querySelector(".next").disabled = stages.length > 0 && at >= stages.length - 1;
  root.flow.querySelector(".end").disabled = at < 0;
  say(root.sentence, stage ? `${at + 1} of ${stages.length}. ${stage.title}: ${stage.said}` : root.data.idle ?? IDLE);
  root.lines.hidden = !stage;
  say(root.lines, stage ? stage.code : "");
}

// A dot along each edge on which something travels in this stage.
function travel(root) {
  const dots = root.parts.get("dots");
  dots.replaceChildren();
  const stage = root.stages[root.at];
  if (!stage || reduced()) return;
  for (const name of stage.moves) {
    const line = root.parts.get(`edge ${name}`);
    if (!line) continue;
    const dot = document.createElementNS(SVG, "circle");
    const tone = stage.back ? (line.getAttribute("class").match(/e-(raises|lowers)/) || [])[1] || "shut" : "value";
    set(dot, { r: 5, class: `dot d-${tone}` });
    const motion = set(document.createElementNS(SVG, "animateMotion"), {
      path: line.getAttribute("d"), dur: `${0.6 * SECONDS[root.speed.value]}s`, begin: "indefinite", fill: "freeze",
      keyPoints: stage.back ? "1;0" : "0;1", keyTimes: "0;1", calcMode: "linear",
    });
    motion.addEventListener("endEvent", () => dot.remove());
    dot.appendChild(motion);
    dots.appendChild(dot);
    motion.beginElement();
  }
}
