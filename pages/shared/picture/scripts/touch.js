// Where a finger meets a number: a box of its own around each, as large as a fingertip where there is
// room, and no two of them overlap. Nothing of it is seen.
const COARSE = matchMedia("(pointer: coarse)").matches;
const FINGERTIP = 44;
const GROWS = 0.5; // in one round, of the picture's units

// Grow each box on all its sides at once, so that neighbours share the room between them, until it is
// large enough or meets another.
function growBoxes(boxes, enough) {
  const free = (box, grown) => boxes.every((other) => other === box || !overlap(grown, other));
  const ways = [["left", -GROWS, "w"], ["right", GROWS, "w"], ["top", -GROWS, "h"], ["bottom", GROWS, "h"]];
  const sizes = { w: (box) => box.right - box.left, h: (box) => box.bottom - box.top };
  for (let grew = true; grew; ) {
    grew = false;
    for (const box of boxes) {
      for (const [side, by, size] of ways) {
        if (sizes[size](box) >= enough) continue;
        const grown = { ...box, [side]: box[side] + by };
        if (!free(box, grown)) continue;
        box[side] = grown[side];
        grew = true;
      }
    }
  }
  return boxes;
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function boxAround({ x, y, room }) {
  const half = Math.max(26, room) / 2;
  return { left: x - half, right: x + half, top: y - LINE / 2, bottom: y + LINE / 2 };
}

function spreadTargets(root, scale) {
  const groups = [...root.parts].filter(([key]) => key.startsWith("item ")).map(([, group]) => group);
  // Places do not change with the numbers: worked out once for a picture and a width.
  const places = groups.map(({ place }) => [place.x, place.y, place.room]).join(";");
  if (root.places !== places) {
    root.places = places;
    root.targets = growBoxes(groups.map((group) => boxAround(group.place)), FINGERTIP / scale);
  }
  groups.forEach((group, i) => {
    const { left, right, top, bottom } = root.targets[i];
    group.target ??= group.insertBefore(document.createElementNS(SVG, "rect"), group.firstChild);
    set(group.target, { class: "target", x: left, y: top, width: right - left, height: bottom - top });
  });
}

// On a phone the opened number stands over the lower part of the screen (network.css): the number
// that was tapped must not lie under it.
function keepInSight(root) {
  const group = root.parts.get(`item ${root.opened}`);
  if (!COARSE || !group || getComputedStyle(root.panel).position !== "sticky") return;
  const covered = group.getBoundingClientRect().bottom + 8 - root.panel.getBoundingClientRect().top;
  let scroller = root.getRootNode().host ?? root;
  while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement;
  if (covered > 0) scroller?.scrollBy({ top: covered });
}
