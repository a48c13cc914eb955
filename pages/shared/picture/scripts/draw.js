// Draws what picture_data.py decided, on the nodes that are there already. Text goes in as text
// only, never as markup.
const SVG = "http://www.w3.org/2000/svg";

// Return the element of that name, made on first use; whatever a drawing leaves out is removed.
function part(root, key, tag, parent) {
  let element = root.parts.get(key);
  if (!element) {
    element = document.createElementNS(SVG, tag);
    root.parts.set(key, element);
    parent.appendChild(element);
  }
  root.used.add(key);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  }
  return element;
}

function say(element, text) {
  // A browser's translator changes what stands there: what we said last is what counts, and another
  // text replaces all of it.
  if (element.says !== text) {
    // Code stays as it can be run.
    element.textContent = element.localName === "pre" ? text : printed(text);
    element.says = text;
  }
  return element;
}

function drawItem(root, item, x, y, parent, most) {
  const group = part(root, `item ${item.id}`, "g", parent);
  const moved = root.echo && root.echo.id === item.id ? root.echo.value : null;
  const shown = moved === null ? (root.texts && root.texts[item.id]) || item.text : `${item.prefix} ${moved}`.trim();
  // Who speaks to the computer says what is written: it must be part of the name.
  const named = item.say.includes(shown) ? item.say : `${item.say}, written ${shown}`;
  const valued = moved === null ? item.say : `${item.id} = ${moved}`;
  const { dense } = root.data;
  const long = shown.length * (dense ? SMALL : CHARACTER), room = Math.min(most, roomOf(item, root.plan.digits, dense));
  const wide = Math.max(26, Math.min(long, room) + (dense ? 4 : 10));
  const known = !root.known || root.known.has(item.id);
  set(group, {
    class: `item${item.set ? " movable" : ""}${item.held ? " held" : ""}${root.opened === item.id ? " opened" : ""}${known ? "" : " unknown"}`,
    role: item.set ? "spinbutton" : "button", tabindex: 0, translate: "no", "data-name": item.id, "data-quantity": item.id, "aria-label": item.set ? item.say : named,
    "aria-valuenow": item.set ? moved ?? item.value : null, "aria-valuetext": item.set ? valued : null,
    "aria-valuemin": item.set ? item.low : null, "aria-valuemax": item.set ? item.high : null,
  });
  group.item = item;
  group.place = { x, y, w: wide, most, room };
  set(part(root, `hit ${item.id}`, "rect", group), { class: "hit", x: x - wide / 2, y: y - LINE / 2, width: wide, height: LINE, rx: 4 });
  const text = part(root, `text ${item.id}`, "text", group);
  // What is longer than its place is written closer, so that it neither moves nor covers another.
  const closer = long > room + 0.5;
  set(text, {
    x, y: y + 4.5, "text-anchor": "middle", class: `t-${item.tone}`,
    textLength: closer ? Math.round(room) : null, lengthAdjust: closer ? "spacingAndGlyphs" : null,
  });
  say(text, shown);
}

function drawItems(root, items, x, y, parent, most) {
  items.forEach((item, i) => drawItem(root, item, x, y + (i - (items.length - 1) / 2) * LINE, parent, most));
}

function drawEdge(root, edge, data, plan, back, front) {
  const from = plan.nodes[edge.from[0]][edge.from[1]], to = plan.nodes[edge.to[0]][edge.to[1]];
  const curve = curveOf(from, to, plan.down, edge, plan);
  const line = part(root, `edge ${edge.id}`, "path", back);
  // Before its blame is found an edge wears none.
  const look = edge.plain && root.known && !root.known.has(edge.plain.blame) ? edge.plain : edge;
  set(line, {
    d: curve.d, class: `edge e-${look.tone}${isLit(root, [edge.id]) ? "" : " dim"}`,
    "stroke-width": look.width, "stroke-dasharray": look.dashed ? "4 4" : null,
    "data-quantity": look === edge && edge.plain ? [...new Set([edge.id, edge.plain.blame])].join("\n") : edge.id,
  });
  line.opens = edge.id;
  say(part(root, `title ${edge.id}`, "title", line), look.title);
  const chip = plan.chips.get(edge.id);
  if (!chip) return;
  const { x, y, w, h } = chip;
  const group = part(root, `chip ${edge.id}`, "g", front);
  set(group, { class: isLit(root, [edge.id]) ? "" : "dim" });
  set(part(root, `paper ${edge.id}`, "rect", group), { class: "paper", x: x - w / 2, y: y - h / 2, width: w, height: h, rx: 6 });
  drawItems(root, edge.items, x, y, group, w - 8);
}

function drawNode(root, node, key, parent) {
  const { data } = root;
  const group = part(root, `node ${key}`, "g", parent);
  set(group, { class: isLit(root, node.ids) ? "" : "dim" });
  const found = !root.known || root.known.has(node.ids[0]);
  set(part(root, `box ${key}`, "rect", group), {
    class: `node${node.shut && found ? " shut" : ""}`, x: node.x - node.w / 2, y: node.y - node.h / 2,
    width: node.w, height: node.h, rx: node.shape === "circle" ? node.h / 2 : 9,
  });
  const name = part(root, `name ${key}`, "text", group);
  say(set(name, { x: node.x, y: node.y - node.h / 2 - 8, "text-anchor": "middle", class: "name" }), found ? node.name : node.before ?? node.name);
  drawItems(root, node.lines, node.x, node.y, group, node.w - (data.dense ? 4 : 10));
  const first = node.y + node.h / 2 + 12;
  node.below.forEach((item, i) => drawItem(root, item, node.x, first + i * LINE, group, node.most));
}

function isLit(root, names) {
  return !root.lit || !root.lit.size || names.some((name) => root.lit.has(name));
}

function drawPicture(root) {
  const { data, svg } = root;
  // Another network is drawn from nothing: the Tab key goes through the parts in their order.
  const edges = root.data.edges.map((edge) => edge.id).join();
  if (root.edges !== edges) {
    root.svg.replaceChildren();
    root.parts.clear();
    root.edges = edges;
  }
  root.used = new Set();
  const scale = scaleFor(data, root.width);
  const plan = placeNodes(data, root.width / scale);
  root.plan = plan;
  const stage = root.stages[root.at];
  set(svg, { role: "group", "aria-label": stage ? `${stage.title}. ${stage.said}` : data.label, viewBox: `0 0 ${plan.width} ${plan.height}`, width: plan.width * scale, height: plan.height * scale });
  svg.closest(".picture")?.style.setProperty("--blame-tall", `${plan.height * scale}px`);
  svg.classList.toggle("dense", Boolean(data.dense));
  const back = part(root, "edges", "g", svg);
  part(root, "dots", "g", svg);
  // Column by column, so that the Tab key walks the picture in the order of the computation.
  plan.nodes.forEach((column, c) => {
    const front = part(root, `chips ${c}`, "g", svg), points = part(root, `column ${c}`, "g", svg);
    data.edges.forEach((edge) => edge.to[0] === c && drawEdge(root, edge, data, plan, back, front));
    column.forEach((node, i) => drawNode(root, node, `${c} ${i}`, points));
  });
  for (const [key, element] of root.parts) {
    if (!root.used.has(key)) {
      element.remove();
      root.parts.delete(key);
    }
  }
  if (COARSE) spreadTargets(root, scale);
}
