// A figure that differs from the one drawn by numbers and texts alone (alike.js) is drawn without
// asking Plotly what every default is, which is half of what a frame costs. Plotly itself draws, and
// what it draws is what `react` would have.

// Returns whether it is drawn; else `react` is to be asked.
function redraw(plot, before, data, layout) {
  if (!before || !plot._fullLayout || !plot.calcdata) return false;
  const found = differences(before, { data, layout }, plot);
  if (!found) return false;
  const { _fullData: traces, _fullLayout: full } = plot;
  Object.assign(plot, { data, layout });
  traces.forEach((trace, i) => (trace._input = data[i]));
  for (const name of Object.keys(full)) if (/^[xy]axis\d*$/.test(name) && layout[name]) full[name]._input = layout[name];
  for (const name of ["shapes", "annotations"]) full[name]?.forEach((each, k) => (each._input = layout[name]?.[k] ?? each._input));
  for (const [at, name, value] of found.edits) at[name] = value;
  const modules = new Set(found.traces.map((trace) => trace._module));
  const changed = traces.filter((trace) => modules.has(trace._module) && trace.visible === true);
  const free = changed.some((trace) => [trace.xaxis, trace.yaxis].some((id) => axisOf(full, id).autorange));
  if (found.beside || free || full._zindices?.length !== 1) {
    full._skipDefaults = true;
    Plotly().redraw(plot);
  } else {
    for (const axis of found.ticks) writeTicks(plot, axis);
    if (changed.length) calculate(plot, changed, modules);
    if (Object.keys(found.ranges).length) endElsewhere(plot, found.ranges);
    else if (changed.length) drawTraces(plot, changed, modules);
  }
  return true;
}

// Axes with other ends, and all that lies on them. Their titles stay, for they keep clear of the numbers
// beside an axis: where these reach further now, or less far, all is drawn.
function endElsewhere(plot, ranges) {
  const titled = Object.keys(ranges).map((name) => name.split(".")[0]).filter((name) => plot.layout[name].title?.text);
  const axes = titled.map((name) => plot._fullLayout[name]);
  const before = axes.map((axis) => reachOf(plot, axis));
  Plotly().relayout(plot, ranges);
  for (const name of Object.keys(ranges)) inOrder(plot, plot._fullLayout[name.split(".")[0]]);
  if (axes.every((axis, i) => Math.abs(reachOf(plot, axis) - before[i]) < 0.05)) return;
  plot._fullLayout._skipDefaults = true;
  Plotly().redraw(plot);
}

// Marks and texts of an axis that came stand after those that stayed: in order, as they are read, the
// marks first.
function inOrder(plot, { _id, _vals }) {
  const order = new Map(_vals.map(({ x }, k) => [x, k]));
  const at = (node) => (node.localName === "path" ? -_vals.length : 0) + (order.get(node.__data__?.x) ?? 0);
  const nodes = [...plot.querySelectorAll(`path.${_id}tick, g.${_id}tick`)];
  if (nodes.every((node, i) => !i || at(nodes[i - 1]) <= at(node))) return;
  for (const node of nodes.sort((a, b) => at(a) - at(b))) node.parentNode.append(node);
}

// To be asked for their size the page is laid out: not of texts that lie flat below an axis.
function reachOf(plot, { _id }) {
  const texts = [...plot.querySelectorAll(`g.${_id}tick > text`)];
  if (_id[0] === "x" && texts.every(isFlat)) return 0;
  const boxes = texts.map((text) => text.getBBox());
  return Math.max(0, ...boxes.map((box) => (_id[0] === "x" ? box.height : box.width)));
}

function isFlat(text) {
  return !/rotate\((?!0)/.test(text.getAttribute("transform")) && !text.querySelector("tspan");
}

// Texts beside an axis, where they stand already: bars keep their places while their numbers change.
function writeTicks(plot, { _id, tickvals, ticktext }) {
  const byPlace = new Map(tickvals.map((value, k) => [value, ticktext[k]]));
  for (const node of plot.querySelectorAll(`g.${_id}tick > text`)) {
    const tick = node.__data__, text = byPlace.get(tick?.x);
    if (text === undefined || tick.text === text) continue;
    tick.text = text;
    node.firstChild.data = text;
    node.setAttribute("data-unformatted", text);
  }
}

const axisOf = (full, id) => full[`${id[0]}axis${id.slice(1)}`];

// Where the points of the traces lie now.
function calculate(plot, changed, modules) {
  for (const trace of changed) {
    trace._extremes = {};
    const points = trace._module.calc(plot, trace);
    points[0].t ??= {};
    points[0].trace = trace;
    plot.calcdata[trace.index] = points;
  }
  for (const { crossTraceCalc } of modules) {
    if (crossTraceCalc) for (const id of plot._fullLayout._subplots.cartesian) crossTraceCalc(plot, plot._fullLayout._plots[id], id);
  }
}

// The traces alone, on axes that stand still.
function drawTraces(plot, changed, modules) {
  const { _plots: plots, _subplots: subplots } = plot._fullLayout;
  for (const module of modules) {
    for (const id of subplots.cartesian) {
      const here = changed.filter((trace) => trace._module === module && trace.xaxis + trace.yaxis === id);
      const layer = plots[id].plot.select(`g.${module.layerName ?? `${module.name}layer`}`);
      if (here.length) module.plot(plot, plots[id], here.map((trace) => plot.calcdata[trace.index]), layer);
    }
    // Points, lines and their texts are given their look where they are drawn; to give it again goes
    // through all that stand still as well.
    if (module.name !== "scatter") module.style(plot);
  }
  plot._fullLayout._rehover?.();
}
