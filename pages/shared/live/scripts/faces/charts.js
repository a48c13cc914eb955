// The bars of a chart and their labels. Plotly covers them with a plane of its own, so the one under
// the pointer is found by its place.
function nameBars() {
  for (const node of document.querySelectorAll("[data-testid=chart]")) nameChart(node);
}

// Written only where it is another: what is written is laid out anew.
function nameElement(element, name) {
  if (element.dataset.quantity !== name) element.dataset.quantity = name;
}

function nameChart(node) {
  const { figure } = node.told ?? {};
  if (!figure || !node.plot) return;
  const bars = figure.data.filter((trace) => trace.meta?.faces);
  if (!bars.length && !figure.layout.meta?.ticks) return;
  for (const group of node.plot.querySelectorAll(".barlayer .trace.bars, .scatterlayer .trace.scatter")) {
    const [first] = Array.isArray(group.__data__) ? group.__data__ : [group.__data__];
    const names = first?.trace?.meta?.faces;
    if (!names) continue;
    group.querySelectorAll(".point").forEach((point) => {
      const place = point.__data__?.i;
      nameElement(point, names[place] ?? "");
    });
  }
  const ticks = figure.layout.meta?.ticks;
  if (!ticks) return;
  const { tickvals } = figure.layout.yaxis;
  const byPlace = new Map(tickvals.map((value, k) => [value, ticks[k]]));
  for (const text of node.plot.querySelectorAll(".yaxislayer-above .ytick text")) {
    nameElement(text, byPlace.get(text.__data__?.x) ?? "");
  }
}

// The bars of a chart by the arrow keys: which one of them is looked at.
const WAYS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

function barByKeys(node, way) {
  const rows = (node.told?.figure.layout.meta?.ticks ?? []).filter(Boolean);
  if (!rows.length) return null;
  node.row = Math.min(Math.max((node.row ?? 0) + way, 0), rows.length - 1);
  return rows[node.row].split("\n");
}

const NEAR = 2; // pixels

function barAt(node, x, y) {
  nameChart(node);
  const named = [...node.querySelectorAll("[data-quantity]")].filter((each) => each.dataset.quantity);
  const boxes = named.map((each) => [each, each.getBoundingClientRect()]);
  const over = ([, box]) => x >= box.left - NEAR && x <= box.right + NEAR && y >= box.top - NEAR && y <= box.bottom + NEAR;
  const hit = boxes.find(over);
  if (hit) return quantitiesOf(hit[0]);
  // Beside a bar, or where it has no length, its row says whose place it is.
  const row = boxes.find(([each, box]) => each.nodeName === "text" && y >= box.top - NEAR && y <= box.bottom + NEAR);
  return row ? quantitiesOf(row[0]) : null;
}
