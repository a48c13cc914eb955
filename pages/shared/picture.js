// Places and draws what picture.py decided. Text goes in as text nodes only, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const LINE = 17;

function make(tag, attributes, parent) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (parent) parent.appendChild(element);
  return element;
}

function write(parent, x, y, line, extra = "") {
  const text = make("text", { x, y, "text-anchor": "middle", class: `t-${line.tone} ${extra}` }, parent);
  text.textContent = line.text;
  return text;
}

function place(data, width, narrow) {
  const size = narrow ? 6.9 : 8;
  const tallest = Math.max(...data.columns.map((column) => column.length));
  const room = Math.max(112, Math.max(...data.columns.flat().map((node) => node.lines.length)) * LINE + 72);
  const height = tallest * room + 8;
  const widths = data.columns.map((column) =>
    Math.max(48, ...column.map((node) => Math.max(...node.lines.map((line) => line.text.length)) * size + 18)));
  const free = width - widths.reduce((sum, w) => sum + w, 0) - 4;
  const gap = free / (data.columns.length - 1);
  let x = 2;
  const nodes = data.columns.map((column, c) => {
    const centre = x + widths[c] / 2;
    x += widths[c] + gap;
    return column.map((node, i) => {
      const tall = node.shape === "circle" ? 46 : Math.max(38, node.lines.length * LINE + 14);
      return { ...node, x: centre, y: height / 2 + (i - (column.length - 1) / 2) * room, w: widths[c], h: tall };
    });
  });
  return { nodes, height };
}

function edgePath(from, to) {
  const x1 = from.x + from.w / 2, x2 = to.x - to.w / 2, bend = (x2 - x1) * 0.45;
  return { x1, y1: from.y, x2, y2: to.y, d: `M${x1},${from.y} C${x1 + bend},${from.y} ${x2 - bend},${to.y} ${x2},${to.y}` };
}

// A label never lies on its own line: above it for the upper edges, below it for the lower ones;
// where edges cross, near the source and on the inner side.
function labelEdge(edge, line, from, to, nodes, labels) {
  const many = nodes[edge.from[0]].length;
  const crossing = many > 1 && nodes[edge.to[0]].length > 1;
  const level = Math.abs(from.y - to.y) < 1;
  const at = line.getPointAtLength(line.getTotalLength() * (crossing ? 0.2 : many > 1 ? 0.42 : 0.5));
  const upper = edge.from[1] < many / 2;
  const above = level || !crossing ? upper : !upper;
  const clear = edge.width / 2 + 5;
  const first = above ? at.y - clear - (edge.lines.length - 1) * LINE : at.y + clear + 9;
  edge.lines.forEach((text, i) => write(labels, at.x, first + i * LINE, text, "halo"));
}

function drawEdges(data, nodes, edges, labels) {
  for (const edge of data.edges) {
    const from = nodes[edge.from[0]][edge.from[1]], to = nodes[edge.to[0]][edge.to[1]];
    const path = edgePath(from, to);
    const line = make("path", {
      d: path.d, class: `e-${edge.tone}`, "stroke-width": edge.width, "stroke-linecap": "butt",
      ...(edge.dashed ? { "stroke-dasharray": "4 4" } : {}),
    }, edges);
    make("title", {}, line).textContent = edge.title;
    labelEdge(edge, line, from, to, nodes, labels);
  }
}

function drawNodes(nodes, layer) {
  for (const node of nodes.flat()) {
    const group = make("g", {}, layer);
    const shared = { class: `node${node.shut ? " shut" : ""}` };
    make("rect", {
      ...shared, x: node.x - node.w / 2, y: node.y - node.h / 2, width: node.w, height: node.h,
      rx: node.shape === "circle" ? node.h / 2 : 9,
    }, group);
    const top = node.y - ((node.lines.length - 1) * LINE) / 2 + 4.5;
    node.lines.forEach((line, i) => write(group, node.x, top + i * LINE, line));
    write(group, node.x, node.y - node.h / 2 - 8, { text: node.name, tone: "ink" }, "name");
    node.below.forEach((line, i) => write(group, node.x, node.y + node.h / 2 + 16 + i * LINE, line, "halo"));
  }
}

function isDark(element) {
  const probe = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  const hex = /^#([0-9a-f]{6})/i.exec(probe);
  if (!hex) return matchMedia("(prefers-color-scheme: dark)").matches;
  const value = parseInt(hex[1], 16);
  return ((value >> 16) + ((value >> 8) & 255) + (value & 255)) / 3 < 128;
}

function draw(root, data, width) {
  const narrow = width < 520;
  root.className = `picture${narrow ? " narrow" : ""}${isDark(root) ? " dark" : ""}`;
  const { nodes, height } = place(data, width, narrow);
  const svg = make("svg", { role: "img", "aria-label": data.label, viewBox: `0 0 ${width} ${height}`, height });
  const edges = make("g", {}, svg), points = make("g", {}, svg), labels = make("g", {}, svg);
  root.replaceChildren(svg);
  drawEdges(data, nodes, edges, labels);
  drawNodes(nodes, points);
}

export default function ({ data, parentElement }) {
  let root = parentElement.querySelector(".picture");
  if (!root) {
    root = document.createElement("div");
    root.className = "picture";
    parentElement.appendChild(root);
    root.observer = new ResizeObserver(([entry]) => {
      const width = Math.round(entry.contentRect.width);
      if (width > 0 && width !== root.drawn && root.data) {
        root.drawn = width;
        draw(root, root.data, width);
      }
    });
  }
  // The clean-up below may have run since; observing twice does no harm.
  root.observer.observe(root);
  if (!data || !data[0]) return () => root.observer.disconnect();
  root.data = data[0];
  const width = Math.round(root.getBoundingClientRect().width);
  if (width > 0) {
    root.drawn = width;
    draw(root, root.data, width);
  }
  return () => root.observer.disconnect();
}
