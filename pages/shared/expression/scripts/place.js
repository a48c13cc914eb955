// Where everything of an expression's picture stands: rows or columns of nodes, and edges that go by
// the slots that were kept free for them. Reads nothing from the page.
// A finger is told one line from the next where they are further apart.
const LINE = COARSE ? 26 : 17;
const CHARACTER = 7.8;
const SMALL = 6.2;
const NAME = 6.9;      // a character of what stands above a node
const DIGITS = 8;
const VECTOR = 20;     // characters that a vector has room for
const THIN = 12;       // of the slot of an edge that passes
const APART = 14;
const BETWEEN = 46;    // two columns, at the least
const BETWEEN_ROWS = 30; // of one column
const LARGEST = 2;     // times their own size that numbers grow to on a wide page
const SMALLER = 0.8;   // for a mouse, where a row needs no second one below it then
const TALLER = 1.4;    // and in a picture that goes from top to bottom
const WIDE = 780;      // from here on it does
const AIRY = 1.15;     // times the room it needs that a picture takes before it grows

function roomOf(item, digits) {
  const before = item.prefix ? item.prefix.length + 1 : 0;
  return (before + (item.wide ? VECTOR : digits)) * CHARACTER;
}

const above = (node) => (node.name ? 20 : 6);
const under = () => 6;

function sizeOf(node) {
  const widest = Math.max(0, ...node.lines.map((item) => roomOf(item, DIGITS)));
  const w = Math.max(64, widest + 14);
  return { w, h: node.lines.length * LINE + 12, room: Math.max(w, node.name.length * NAME + 8) };
}

function measure(data) {
  const sizes = data.columns.map((column) => column.map(sizeOf));
  const widths = sizes.map((column) => Math.max(THIN, ...column.map((size) => size.room)));
  return { sizes, widths, need: widths.reduce((sum, w) => sum + w + BETWEEN, 0) - BETWEEN };
}

// How wide the fullest row is where the picture goes from top to bottom.
function widestRow(data, sizes) {
  const wide = (c) => (slot) => (slot < 0 ? THIN : sizes[c][slot].room + APART);
  return Math.max(...data.slots.map((slots, c) => slots.map(wide(c)).reduce((sum, w) => sum + w, 0)));
}

// How much larger than its numbers' own size a picture is drawn on a page wider than it needs: from
// top to bottom only on a wide page, and less, for it grows taller as well.
function scaleFor(data, width) {
  const { sizes, need } = measure(data);
  const down = need > width;
  const most = down ? Math.min(TALLER, width / WIDE) : LARGEST;
  const taken = down ? widestRow(data, sizes) : need;
  const fits = width / (taken + 1);
  if (down && fits < 1 && fits >= SMALLER && !COARSE) return fits;
  return Math.max(1, Math.min(most, width / (AIRY * taken)));
}

// From left to right where all columns have room, else from top to bottom.
function placeNodes(data, width) {
  const { sizes, widths, need } = measure(data);
  const plan = need <= width ? leftToRight(data, sizes, widths, width) : topToBottom(data, sizes, width);
  plan.digits = DIGITS;
  plan.chips = new Map();
  placeChips(data, plan);
  return plan;
}

function leftToRight(data, sizes, widths, width) {
  const tall = (c, slot) => (slot < 0 ? THIN + 6 : above(data.columns[c][slot]) + sizes[c][slot].h + 16);
  const heights = data.slots.map((slots, c) => slots.reduce((sum, slot) => sum + tall(c, slot), 0));
  const height = Math.max(...heights) + 8;
  const needed = widths.reduce((sum, w) => sum + w, 0), gaps = Math.max(widths.length - 1, 1);
  const gap = Math.min(110, Math.max(BETWEEN, (width - needed - 8) / gaps));
  let x = 4;
  const slots = [], nodes = data.columns.map(() => []);
  data.slots.forEach((column, c) => {
    const centre = x + widths[c] / 2;
    x += widths[c] + gap;
    const spare = (height - heights[c]) / (column.length + 1);
    let y = spare;
    slots.push(column.map((slot) => {
      const h = tall(c, slot);
      y += h + spare;
      if (slot < 0) return { x: centre, y: y - spare - h / 2 };
      const node = data.columns[c][slot], size = sizes[c][slot];
      const at = { ...node, x: centre, y: y - spare - h + above(node) + size.h / 2, w: size.w, h: size.h, most: size.w };
      nodes[c][slot] = at;
      return at;
    }));
  });
  return { nodes, slots, height, width: x - gap + 4, down: false };
}

// A row that is too full for the page goes on in a second one below it.
function rowsOf(data, sizes, c, width) {
  const rows = [[]];
  let x = 0;
  data.slots[c].forEach((slot, i) => {
    const w = slot < 0 ? THIN : sizes[c][slot].room + APART;
    if (x + w > width && rows.at(-1).length) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1).push({ i, slot, w });
    x += w;
  });
  return rows;
}

function chipOf(edge) {
  if (!edge.items.length) return { w: 0, h: 0 };
  const widest = Math.max(...edge.items.map((item) => Math.max(3, item.text.length) * CHARACTER));
  return { w: widest + 8, h: edge.items.length * LINE + 2 };
}

// How wide the parts are together that stand below a row.
function chipsBelow(data, c) {
  return data.edges.filter((edge) => edge.from[0] === c).reduce((sum, edge) => sum + 1.4 * chipOf(edge).w, 0);
}

function topToBottom(data, sizes, width) {
  let y = 2;
  const slots = [], rows = [], nodes = data.columns.map(() => []);
  data.slots.forEach((column, c) => {
    const places = [];
    rows.push([]);
    const lines = rowsOf(data, sizes, c, width);
    for (const row of lines) {
      const taken = [];
      const used = row.reduce((sum, { w }) => sum + w, 0), spare = Math.min(60, (width - used) / (row.length + 1));
      const real = row.filter(({ slot }) => slot >= 0);
      const top = Math.max(6, ...real.map(({ slot }) => above(data.columns[c][slot])));
      const tall = Math.max(THIN, ...real.map(({ slot }) => sizes[c][slot].h));
      let x = (width - used - spare * (row.length - 1)) / 2;
      for (const { i, slot, w } of row) {
        const centre = x + w / 2;
        x += w + spare;
        if (slot < 0) {
          places[i] = { x: centre, top: y, bottom: y + top + tall, row: rows[c].length };
          continue;
        }
        const node = data.columns[c][slot], size = sizes[c][slot];
        nodes[c][slot] = places[i] = { ...node, x: centre, y: y + top + size.h / 2, w: Math.min(size.w, w), h: size.h, most: size.w, row: rows[c].length };
        taken.push([centre - w / 2, centre + w / 2]);
      }
      rows[c].push({ top: y, bottom: y + top + tall, gaps: gapsOf(taken, width) });
      y += top + tall + (row === lines.at(-1) ? 8 : BETWEEN_ROWS);
    }
    slots.push(places);
    // Where parts of blame stand on the edges they get rows of their own.
    y += 26 + Math.min(3, Math.ceil(chipsBelow(data, c) / width)) * (LINE + 5);
  });
  return { nodes, slots, rows, height: y - 24, width, down: true };
}

// Where an edge can pass through a row: between its boxes, and beside them.
function gapsOf(taken, width) {
  const ends = [[0, 0], ...taken, [width, width]];
  return ends.slice(1).map(([left], i) => {
    const edge = Math.min(8, (left - ends[i][1]) / 2);
    return [ends[i][1] + edge, left - edge];
  });
}

// The stops of an edge in the rows of one column: all of them, or those before or after its own. It
// goes straight through each, from above the names to below the boxes, and turns between the rows.
function passing(plan, c, rows, near) {
  return rows.flatMap((row) => {
    const { top, bottom, gaps } = plan.rows[c][row];
    const places = gaps.map(([left, right]) => Math.min(Math.max(near, left), right));
    const x = places.reduce((best, x) => (Math.abs(x - near) < Math.abs(best - near) ? x : best));
    return [[x, top], [x, bottom]];
  });
}

function range(from, to) {
  return [...Array(Math.max(0, to - from)).keys()].map((n) => n + from);
}

function stopsOf(from, to, edge, plan) {
  const slots = edge.via.map(([c, slot]) => ({ c, ...plan.slots[c][slot] }));
  if (!plan.down) return slots.map(({ x, y }) => [x, y]);
  const last = plan.rows[edge.from[0]].length;
  const through = slots.flatMap(({ c, x, top, bottom, row }) => [
    ...passing(plan, c, range(0, row), x), [x, top], [x, bottom],
    ...passing(plan, c, range(row + 1, plan.rows[c].length), x),
  ]);
  return [
    ...passing(plan, edge.from[0], range(from.row + 1, last), from.x), ...through,
    ...passing(plan, edge.to[0], range(0, to.row), to.x),
  ];
}

// A line of cubic pieces by the slots on its way, each along the direction of the flow.
function curveOf(from, to, down, edge, plan) {
  const start = down ? [from.x, from.y + from.h / 2] : [from.x + from.w / 2, from.y];
  const end = down ? [to.x, to.y - to.h / 2 - above(to) + 1] : [to.x - to.w / 2, to.y];
  const stops = [start, ...stopsOf(from, to, edge, plan), end];
  const pieces = stops.slice(1).map((stop, i) => bendOf(stops[i], stop, down));
  return {
    d: `M${start} ${pieces.map(([, a, b, stop]) => `C${a} ${b} ${stop}`).join(" ")}`,
    at: (t) => {
      const along = Math.min(t * pieces.length, pieces.length - 1e-9);
      return pointOf(pieces[Math.floor(along)], along % 1);
    },
  };
}

function bendOf(from, to, down) {
  const bend = (down ? to[1] - from[1] : to[0] - from[0]) * 0.45;
  const off = ([x, y], by) => (down ? [x, y + by] : [x + by, y]);
  return [from, off(from, bend), off(to, -bend), to];
}

function pointOf(points, t) {
  const s = 1 - t;
  return [0, 1].map((axis) => {
    const [a, b, c, d] = points.map((point) => point[axis]);
    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
  });
}

// From the middle of an edge out to both ends.
const SHARES = [...Array(31).keys()].map((n) => 0.5 + ((n % 2 ? 1 : -1) * Math.ceil(n / 2) * 0.9) / 31);

// The parts of blame stand on their edges, where there is room for them; else the receipt has them.
function placeChips(data, plan) {
  const boxes = plan.nodes.flat().map((node) => {
    const room = Math.max(node.w, node.name.length * NAME);
    return { x: node.x, y: node.y - above(node) / 2, w: room, h: node.h + above(node) };
  });
  for (const edge of data.edges) {
    if (!edge.items.length) continue;
    const [from, to] = [edge.from, edge.to].map(([c, i]) => plan.nodes[c][i]);
    const curve = curveOf(from, to, plan.down, edge, plan), size = chipOf(edge);
    const places = SHARES.map((t) => curve.at(t)).map(([x, y]) => ({
      x: Math.min(Math.max(x, size.w / 2 + 1), plan.width - size.w / 2 - 1), y, ...size,
    }));
    const free = places.find((box) => boxes.every((other) => !meet(box, other)));
    if (!free) continue;
    boxes.push(free);
    plan.chips.set(edge.id, free);
  }
}

function meet(one, other) {
  return Math.abs(one.x - other.x) < (one.w + other.w) / 2 + 1 && Math.abs(one.y - other.y) < (one.h + other.h) / 2 + 1;
}
