// Where everything of the picture stands. Reads nothing from the page, so nothing is laid out twice,
// and no number: the room for one is the same whatever it is, so nothing moves when a number does.
// A finger is told one line from the next where they are further apart.
const LINE = COARSE ? 26 : 17;
const CHARACTER = 7.8;
const SMALL = 6.2;    // a character of a picture that has one number a node
const SMALL_DIGITS = 8;
const DIGITS = [8, 7, 6]; // characters that a number has room for, the fewer the narrower the page
const APART = 3;      // between two numbers
const LARGEST = 2;    // times their own size that numbers grow to on a wide page
const AIRY = 1.15;    // times the room it needs that a picture takes before it grows

// The width of what stands before a number, and of the number: a longer one is written closer.
function roomOf(item, digits, dense) {
  const before = item.prefix ? item.prefix.length + 1 : 0;
  return dense ? (before + SMALL_DIGITS) * SMALL : (before + digits) * CHARACTER;
}

function chipOf(edge, digits) {
  const widest = Math.max(0, ...edge.items.map((item) => roomOf(item, digits)));
  return { w: widest ? widest + 6 : 0, h: edge.items.length * LINE + 4 };
}

function sizeOf(node, digits, dense) {
  const widest = Math.max(0, ...node.lines.map((item) => roomOf(item, digits, dense)));
  const round = node.shape === "circle";
  if (dense) return { w: widest + 8, h: 24, below: 0 };
  const below = Math.max(0, ...node.below.map((item) => roomOf(item, digits)));
  return { w: Math.max(48, widest + 14), h: Math.max(round ? 46 : 38, node.lines.length * LINE + 14), below };
}

// How much room each gap between two columns needs for the numbers on its edges.
function gapsOf(data, digits) {
  return data.columns.slice(1).map((column, c) => {
    const edges = data.edges.filter((edge) => edge.to[0] === c + 1);
    const chips = edges.map((edge) => chipOf(edge, digits));
    const crossing = data.columns[c].length > 1 && column.length > 1;
    return {
      edges,
      w: Math.max(40, (crossing ? 2.1 : 1) * Math.max(...chips.map((chip) => chip.w)) + (crossing ? 6 : 10)),
      h: (crossing ? 2 : 1) * Math.max(...chips.map((chip) => (chip.w ? chip.h : 0))) + (data.dense ? 56 : COARSE ? 76 : 34),
    };
  });
}

// From left to right where the numbers have room, else from top to bottom. Then every number on an
// edge gets a place of its own; where there is none, the picture grows.
function placeNodes(data, width) {
  const across = DIGITS.map((digits) => measure(data, digits)).find((sizes) => sizes.need <= width + 24);
  const sizes = across || measure(data, DIGITS[0]);
  const grown = sizes.gaps.map(() => 1);
  for (let tries = 0; ; tries += 1) {
    const plan = { ...(across ? leftToRight : topToBottom)(data, sizes, width, grown), digits: sizes.digits };
    const tight = placeChips(data, plan, sizes.gaps, tries === 10);
    if (!tight.length) return plan;
    for (const c of tight) grown[c] *= 1.2;
  }
}

// How much larger than its numbers' own size a picture is drawn: it fills a page wider than it needs.
function scaleFor(data, width) {
  const room = width / (AIRY * measure(data, DIGITS[0]).need);
  return Math.max(1, Math.min(LARGEST, room));
}

// How large everything is where a number has room for so many characters.
function measure(data, digits) {
  const nodes = data.columns.map((column) => column.map((node) => sizeOf(node, digits, data.dense)));
  const widths = nodes.map((column) => Math.max(...column.map((size) => size.w)));
  const gaps = gapsOf(data, digits);
  // What stands under the last column may reach beyond it.
  const beyond = Math.max(0, ...nodes.at(-1).map((size) => (size.below - size.w) / 2));
  const need = [...widths, ...gaps.map((gap) => gap.w), beyond].reduce((sum, w) => sum + w, 4);
  return { digits, nodes, widths, gaps, beyond, need };
}

const above = (node) => (node.name ? 22 : 6);
const under = (node) => node.below.length * LINE + 6;

function leftToRight(data, { nodes: sizes, widths, gaps, beyond }, width, grown) {
  const inside = data.columns.map((column, c) => Math.max(...column.map((node, i) => above(node) + sizes[c][i].h + under(node))));
  const pitch = data.columns.map((column, c) => Math.max(inside[c] + 6, data.dense ? 0 : 104 * Math.max(...grown)));
  const height = Math.max(...data.columns.map((column, c) => column.length * pitch[c])) + 6;
  // One lift for all, so that what stands side by side is level.
  const every = data.columns.flat();
  const lift = (Math.max(...every.map(above)) - Math.max(...every.map(under))) / 2;
  const needed = gaps.reduce((sum, gap) => sum + gap.w, 0);
  // On a wide page the gaps grow, yet not without end: a short picture reads better.
  const free = Math.max(needed, Math.min(width - 4 - beyond - widths.reduce((sum, w) => sum + w, 0), needed * 1.9));
  let x = 2;
  const nodes = data.columns.map((column, c) => {
    const centre = x + widths[c] / 2;
    x += widths[c] + (gaps[c] ? (free * gaps[c].w) / needed : 0);
    return column.map((node, i) => ({
      ...node, x: centre, w: data.dense ? sizes[c][i].w : widths[c], h: sizes[c][i].h,
      most: widths[c] + 2 * Math.max(beyond, 16), y: (height * (i + 0.5)) / column.length + lift,
    }));
  });
  return { nodes, height, width: x + 2 + beyond, down: false };
}

function topToBottom(data, { nodes: sizes, gaps }, width, grown) {
  let y = 2;
  const nodes = data.columns.map((column, c) => {
    const each = width / column.length, widest = Math.max(...sizes[c].map((size) => size.w));
    const top = Math.max(...column.map(above)), tall = Math.max(...sizes[c].map((size) => size.h));
    // Where a row is too full, every other node steps down into a second one.
    const second = widest + 4 > each && column.length > 4 ? tall + 8 : 0;
    const margin = second ? widest / 2 + 2 : each / 2, step = second ? (width - 2 * margin) / (column.length - 1) : each;
    const centre = y + top + tall / 2;
    y += top + tall + second + Math.max(...column.map(under)) + (gaps[c] ? gaps[c].h * grown[c] : 0);
    return column.map((node, i) => ({
      ...node, x: margin + step * i, y: centre + (i % 2) * second, most: each - 4,
      w: Math.min(sizes[c][i].w, (second ? 2 : 1) * step - 4), h: sizes[c][i].h,
    }));
  });
  return { nodes, height: y + 2, width, down: true };
}

// Give the numbers on each edge a place on it that no others have. Returns the gaps that are too
// small for theirs; with `anyhow` each takes the place it likes best instead.
function placeChips(data, plan, gaps, anyhow) {
  plan.chips = new Map();
  const tight = [];
  gaps.forEach(({ edges }, c) => {
    const numbered = edges.filter((edge) => edge.items.length);
    const found = [steepFirst, inRows].map((likes) => boxesOf(numbered, data, plan, likes, false)).find(Boolean);
    if (!found && !anyhow) tight.push(c);
    const boxes = found || boxesOf(numbered, data, plan, steepFirst, true);
    numbered.forEach((edge, i) => plan.chips.set(edge.id, boxes[i]));
  });
  return tight;
}

// A place for each edge's numbers, as near as may be to where they like to stand; none if one is left.
function boxesOf(edges, data, plan, likes, anyhow) {
  const taken = [];
  for (const edge of edges) {
    const chip = chipOf(edge, plan.digits);
    const ends = [edge.from, edge.to].map(([column, i]) => plan.nodes[column][i]);
    const curve = curveOf(...ends, plan.down), liked = likes(edge, data);
    const shares = [...Array(39).keys()].map((n) => liked + (n % 2 ? 1 : -1) * Math.ceil(n / 2) * 0.03).filter((t) => t > 0.06 && t < 0.94);
    const boxes = shares.map((t) => boxAt(curve.at(t), chip, plan));
    const free = boxes.find((box) => fits(box, ends, plan) && taken.every((other) => !meet(box, other)));
    if (!free && !anyhow) return null;
    taken.push(free || boxes[0]);
  }
  return taken;
}

function boxAt([x, y], chip, plan) {
  // Numbers may stand beside their line rather than beyond the picture.
  const inside = plan.down ? Math.min(Math.max(x, chip.w / 2 + 1), plan.width - chip.w / 2 - 1) : x;
  return { x: inside, y, ...chip };
}

function meet(one, other) {
  return Math.abs(one.x - other.x) < (one.w + other.w) / 2 + APART && Math.abs(one.y - other.y) < (one.h + other.h) / 2 + APART;
}

// Whether a place lies between the two rows or columns that its edge joins.
function fits(box, [from, to], plan) {
  if (!plan.down) {
    const [left, right] = [from.x + from.w / 2, to.x - to.w / 2];
    return box.x - box.w / 2 >= left && box.x + box.w / 2 <= right && box.y - box.h / 2 >= 0 && box.y + box.h / 2 <= plan.height;
  }
  const [top, bottom] = [from.y + from.h / 2 + under(from) - 8, to.y - to.h / 2 - above(to) + 2];
  return box.y - box.h / 2 >= top && box.y + box.h / 2 <= bottom;
}

// A cubic curve that leaves and arrives along the direction of the flow.
function curveOf(from, to, down) {
  const start = down ? [from.x, from.y + from.h / 2 + (from.below.length ? under(from) - 1 : 0)] : [from.x + from.w / 2, from.y];
  const end = down ? [to.x, to.y - to.h / 2 - (to.name ? above(to) : 0)] : [to.x - to.w / 2, to.y];
  const bend = (down ? end[1] - start[1] : end[0] - start[0]) * 0.45;
  const first = down ? [start[0], start[1] + bend] : [start[0] + bend, start[1]];
  const second = down ? [end[0], end[1] - bend] : [end[0] - bend, end[1]];
  const points = [start, first, second, end];
  return {
    d: `M${start} C${first} ${second} ${end}`,
    at: (t) => [0, 1].map((axis) => {
      const [a, b, c, d] = points.map((point) => point[axis]);
      const s = 1 - t;
      return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
    }),
  };
}

// Where along its edge a number likes to stand: where edges cross, the steepest nearest to its source.
function steepFirst(edge, data) {
  const [before, after] = lanesOf(edge, data);
  if (before === 1 || after === 1) return before > 1 ? 0.42 : 0.5;
  const steep = (j) => Math.abs((edge.from[1] + 0.5) / before - (j + 0.5) / after);
  const order = [...Array(after).keys()].sort((a, b) => steep(b) - steep(a) || a - b);
  return 0.2 + (0.6 * order.indexOf(edge.to[1])) / (after - 1);
}

// Or in rows across the gap, each with one edge of every node before it: those that lead straight on
// in the middle, to one side near their source, to the other near where they go.
function inRows(edge, data) {
  const [before, after] = lanesOf(edge, data);
  if (before === 1 || after === 1) return steepFirst(edge, data);
  const straight = Math.round((edge.from[1] * (after - 1)) / (before - 1));
  const turn = (edge.to[1] - straight + after) % after;
  return [0.5, 0.2, 0.8, 0.35][turn];
}

function lanesOf(edge, data) {
  return [data.columns[edge.from[0]].length, data.columns[edge.to[0]].length];
}
