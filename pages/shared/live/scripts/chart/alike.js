// In what two figures differ, where that is numbers and texts alone: none of them has Plotly choose
// anything else than it did for the one before. Else nothing is said, and Plotly works out the whole.
const NUMBERS = ["x", "y", "base", "x0", "x1", "y0", "y1", "ax", "ay"];
const TEXTS = ["text", "textposition", "customdata", "hovertemplate"];
const LEVELS = ["start", "end", "size"];
const QUICK = ["scatter", "bar", "heatmap", "contour"]; // kinds of traces whose numbers and texts may change

const isText = (each) => typeof each === "string";
const isNumber = (each) => typeof each === "number" && Number.isFinite(each);

function isSame(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((each, i) => isSame(each, other[i]));
  }
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && isSame(one[name], other[name]));
}

// Names under which two of them differ.
function differing(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => !isSame(one[name], other[name]));
}

// A row with no number in it says nothing of its axis: that of the one before would stay.
function areNumbers(one, other) {
  if (isNumber(one)) return isNumber(other);
  const isRow = (row) => Array.isArray(row) && row.every((each) => each === null || isNumber(each)) && row.some(isNumber);
  return isRow(one) && isRow(other) && one.length === other.length;
}

function areMaps(one, other) {
  return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((row, i) => areNumbers(row, other[i]));
}

function areTexts(one, other) {
  if (isText(one)) return isText(other);
  const isRow = (row) => Array.isArray(row) && row.every(isText);
  return isRow(one) && isRow(other) && one.length === other.length;
}

// What is to be set in what Plotly has made of a trace, an axis, a shape or a note; null where more
// than that would change. `known` says how a name that is special is set.
function edits(before, now, full, known = {}) {
  const found = [];
  for (const name of differing(before, now)) {
    if (known[name]) {
      const more = known[name](before[name], now[name]);
      if (!more) return null;
      found.push(...more);
    } else if (!(NUMBERS.includes(name) && areNumbers(before[name], now[name])) && !(TEXTS.includes(name) && areTexts(before[name], now[name]))) {
      return null;
    } else found.push([full, name, now[name]]);
  }
  return found;
}

// Whose colours and lines are those that it was given, whatever its heights are.
function isMapAsGiven({ type, zauto, autocontour, contours }) {
  return type === "heatmap" ? zauto === false : type === "contour" && !autocontour && contours.coloring === "none";
}

function editsOfTrace(before, now, full) {
  if (!QUICK.includes(full.type) || full.visible !== true) return null;
  // One for each point is worked into the points by what cannot be asked for.
  if (Array.isArray(full.hoverinfo) || typeof now.hovertemplate === "object") return null;
  const marker = (one, other) => {
    if (!one || !other || String(differing(one, other)) !== "color" || !areTexts(one.color, other.color)) return null;
    return Array.isArray(one.color) ? [[full.marker, "color", other.color]] : null;
  };
  const z = (one, other) => (isMapAsGiven(full) && areMaps(one, other) ? [[full, "z", other]] : null);
  // The range that a map without colours has found stands in what it was told; it finds it again.
  const found = () => (full.zauto && now.zauto !== false && !(now.zauto === undefined && "zmin" in now) ? [] : null);
  const bound = (name) => (one, other) => (full.zauto === false && isNumber(one) && isNumber(other) ? [[full, name, other]] : found());
  const contours = (one, other) => {
    const names = one && other ? differing(one, other) : [""];
    const are = full.type === "contour" && isMapAsGiven(full) && names.every((name) => LEVELS.includes(name) && isNumber(one[name]) && isNumber(other[name]));
    return are ? names.map((name) => [full.contours, name, other[name]]) : null;
  };
  return edits(before, now, full, { marker, z, contours, zmin: bound("zmin"), zmax: bound("zmax"), zauto: found });
}

// An axis that finds its own range finds it while it is drawn; what it found last stands in the one
// before, as does its kind.
function editsOfAxis(before, now, full) {
  if (!["linear", "log"].includes(full.type)) return null;
  const isFree = (axis) => axis.autorange === true || !axis.range;
  if (isFree(before) !== isFree(now) || isFree(now) !== (full.autorange === true)) return null;
  const range = (one, other) => {
    if (isFree(now)) return [];
    return [one, other].every(([from, to]) => isNumber(from) && isNumber(to) && from !== to) ? [[full, "range", [...other]]] : null;
  };
  const ticktext = (one, other) => (areTexts(one, other) ? [[full, "ticktext", other]] : null);
  const found = (one, other) => (one === undefined || other === undefined ? [] : null);
  const autorange = (one, other) => (isFree(now) ? [] : found(one, other));
  // One that gives room to the other finds its own domain too.
  const domain = (one, other) => (now.constrain === "domain" ? found(one, other) : null);
  return edits(before, now, full, { range, ticktext, type: found, autorange, domain });
}

function editsOfEach(before, now, full) {
  if (!Array.isArray(before) || !Array.isArray(now) || before.length !== now.length || full?.length !== now.length) return null;
  const found = [];
  for (const [k, each] of now.entries()) {
    const more = edits(before[k], each, full[k], { line: (one, other) => editsOfLine(one, other, full[k].line) });
    if (!more) return null;
    found.push(...more);
  }
  return found;
}

function editsOfLine(before, now, full) {
  if (!before || !now) return null;
  const names = differing(before, now);
  const are = names.every((name) => [before[name], now[name]].every(name === "width" ? isNumber : isText));
  return are ? names.map((name) => [full, name, now[name]]) : null;
}

// What differs of two figures of which Plotly has drawn the first: the traces, the axes on which mere
// texts do, those that end elsewhere, whether anything else does, and all that is to be set. Null
// where it is to work out the whole.
function differences(before, now, { _fullData: traces, _fullLayout: layout }) {
  if (before.data.length !== now.data.length || traces.length !== now.data.length) return null;
  const found = { traces: [], ticks: [], ranges: {}, beside: false, edits: [] };
  for (const [i, trace] of now.data.entries()) {
    if (isSame(before.data[i], trace)) continue;
    const more = editsOfTrace(before.data[i], trace, traces[i]);
    if (!more) return null;
    found.traces.push(traces[i]);
    found.edits.push(...more);
  }
  for (const name of differing(before.layout, now.layout)) {
    if (name === "meta") continue;
    const [one, other, full] = [before.layout[name], now.layout[name], layout[name]];
    let more = null;
    if (/^[xy]axis\d*$/.test(name) && one && other) more = editsOfAxis(one, other, full);
    else if (name === "shapes" || name === "annotations") more = editsOfEach(one, other, full);
    if (!more) return null;
    for (const [, leaf, value] of more) {
      // A title keeps clear of the texts beside its axis.
      if (leaf === "ticktext" && !other.title?.text && arePlain(one.ticktext, value)) found.ticks.push(full);
      else if (leaf === "range") found.ranges[`${name}.range`] = value;
      else found.beside = true;
    }
    found.edits.push(...more);
  }
  return found;
}

// Whether those that differ hold nothing that Plotly would read as more than letters.
function arePlain(before, now) {
  return now.every((text, k) => text === before[k] || ![text, before[k]].some((each) => each === "" || /[<&$\n]/.test(each)));
}
