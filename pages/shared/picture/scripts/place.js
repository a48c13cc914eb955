// Where everything of the picture stands. Reads nothing from the page, so nothing is laid out twice.
const LINE = 17;
const CHARACTER = 7.8;

function chipOf(edge) {
  const longest = Math.max(0, ...edge.items.map((item) => item.text.length));
  return { w: longest ? longest * CHARACTER + 12 : 0, h: edge.items.length * LINE + 4 };
}

function sizeOf(node, dense) {
  const longest = Math.max(0, ...node.lines.map((line) => line.text.length));
  const round = node.shape === "circle";
  if (dense) return { w: Math.max(38, longest * 6.2 + 8), h: 24 };
  return { w: Math.max(48, longest * CHARACTER + 18), h: Math.max(round ? 46 : 38, node.lines.length * LINE + 14) };
}

// How much room each gap between two columns needs for the numbers on its edges.
function gapsOf(data) {
  return data.columns.slice(1).map((column, c) => {
    const edges = data.edges.filter((edge) => edge.to[0] === c + 1);
    const chips = edges.map(chipOf);
    const crossing = data.columns[c].length > 1 && column.length > 1;
    return {
      crossing,
      w: Math.max(40, (crossing ? 2 : 1) * Math.max(...chips.map((chip) => chip.w)) + 14),
      h: (crossing ? 2 : 1) * Math.max(...chips.map((chip) => (chip.w ? chip.h : 0))) + 34,
    };
  });
}

// From left to right where the numbers have room, else from top to bottom.
function placeNodes(data, width) {
  const sizes = data.columns.map((column) => column.map((node) => sizeOf(node, data.dense)));
  const widths = sizes.map((column) => Math.max(...column.map((size) => size.w)));
  const gaps = gapsOf(data);
  const need = widths.reduce((sum, w) => sum + w, 0) + gaps.reduce((sum, gap) => sum + gap.w, 0);
  return need <= width + 24 ? leftToRight(data, sizes, widths, gaps, width) : topToBottom(data, sizes, gaps, width);
}

const above = (node) => (node.name ? 22 : 6);
const under = (node) => node.below.length * LINE + 6;

function leftToRight(data, sizes, widths, gaps, width) {
  const inside = data.columns.map((column, c) => Math.max(...column.map((node, i) => above(node) + sizes[c][i].h + under(node))));
  const pitch = data.columns.map((column, c) => Math.max(inside[c] + 6, data.dense ? 0 : 104));
  const height = Math.max(...data.columns.map((column, c) => column.length * pitch[c])) + 6;
  // One lift for all, so that what stands side by side is level.
  const every = data.columns.flat();
  const lift = (Math.max(...every.map(above)) - Math.max(...every.map(under))) / 2;
  const needed = gaps.reduce((sum, gap) => sum + gap.w, 0);
  // On a wide page the gaps grow, yet not without end: a short picture reads better.
  const free = Math.min(width - 4 - widths.reduce((sum, w) => sum + w, 0), needed * 1.9);
  let x = 2;
  const nodes = data.columns.map((column, c) => {
    const centre = x + widths[c] / 2;
    x += widths[c] + (gaps[c] ? (free * gaps[c].w) / needed : 0);
    return column.map((node, i) => ({
      ...node, x: centre, w: data.dense ? sizes[c][i].w : widths[c], h: sizes[c][i].h,
      y: (height * (i + 0.5)) / column.length + lift,
    }));
  });
  return { nodes, height, width: x + 2, down: false };
}

function topToBottom(data, sizes, gaps, width) {
  let y = 2;
  const nodes = data.columns.map((column, c) => {
    const top = Math.max(...column.map(above)), tall = Math.max(...sizes[c].map((size) => size.h));
    const centre = y + top + tall / 2;
    y += top + tall + Math.max(...column.map(under)) + (gaps[c] ? gaps[c].h : 0);
    const each = width / column.length;
    return column.map((node, i) => ({
      ...node, x: each * (i + 0.5), y: centre, w: Math.min(sizes[c][i].w, each - 4), h: sizes[c][i].h,
    }));
  });
  return { nodes, height: y + 2, width, down: true };
}

// A cubic curve that leaves and arrives along the direction of the flow.
function curveOf(from, to, down) {
  const start = down ? [from.x, from.y + from.h / 2 + under(from) - 6] : [from.x + from.w / 2, from.y];
  const end = down ? [to.x, to.y - to.h / 2 - above(to) + 6] : [to.x - to.w / 2, to.y];
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

// Where along its edge a number stands: where edges cross, the steepest nearest to its source.
function shareOf(edge, data, crossing) {
  if (!crossing) return data.columns[edge.from[0]].length > 1 ? 0.42 : 0.5;
  const [before, after] = [data.columns[edge.from[0]].length, data.columns[edge.to[0]].length];
  const steep = (j) => Math.abs((edge.from[1] + 0.5) / before - (j + 0.5) / after);
  const order = [...Array(after).keys()].sort((a, b) => steep(b) - steep(a) || a - b);
  return 0.26 + (0.5 * order.indexOf(edge.to[1])) / (after - 1);
}
