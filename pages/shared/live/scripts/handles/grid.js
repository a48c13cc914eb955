// The places that a hand at a handle can bring it to: steps from where it began, so that it comes
// back to that very number. Of an axis that goes by factors, the steps are factors.
const CLOSE = 4;      // pixels of the hand for one step, at least
const FLATTEST = 0.05; // a curve flatter than this would throw the number away from under the hand
const SHARE = 0.05;   // of a factor of ten, for one key

// One, two or five times a power of ten.
function niceStep(least) {
  const size = 10 ** Math.floor(Math.log10(least));
  return size * [1, 2, 5, 10].find((times) => size * times >= least * (1 - 1e-9));
}

function keptWithin({ low, high }, value) {
  return Math.min(Math.max(value, low), high) + 0;
}

function gridFrom(told, value, step) {
  return { start: told.log ? Math.max(value, told.low) : value, step, log: told.log };
}

function placeOn(grid, k) {
  if (k === 0) return grid.start;
  return grid.log ? Number((grid.start * 10 ** (k * grid.step)).toPrecision(3)) : moved(grid.start, grid.step, k);
}

function indexOn({ start, step, log }, value) {
  return Math.round((log ? Math.log10(value / start) : value - start) / step);
}

// How far one pixel of the hand moves the value, or its logarithm, as the chart is drawn now.
function perPixel(node, told) {
  if (told.track) return trackOf(node, told).per;
  const [across, up] = told.on.map((name) => node.plot._fullLayout[name]);
  const { range, _length } = told.along === "x" ? across : up;
  const way = told.along === "x" ? 1 : -1;
  const per = Math.sign(told.per || 1) * Math.max(Math.abs(told.per), FLATTEST);
  return (way * (range[1] - range[0])) / _length / (told.log ? 1 : per);
}

function gridOfDrag(node, told, value, keys) {
  // Between two steps of a run there is nothing, and each of them is in its film.
  if (told.run) return gridFrom(told, value, keys.shiftKey ? 10 : 1);
  const plain = niceStep(CLOSE * Math.abs(perPixel(node, told)));
  return gridFrom(told, value, plain * (keys.shiftKey ? 10 : keys.altKey ? 0.1 : 1));
}

function gridOfKeys(told, value, keys) {
  if (told.run) return gridFrom(told, value, keys.shiftKey ? 10 : 1);
  if (!told.log) return gridFrom(told, value, stepOf(value, keys, told.step));
  return gridFrom(told, value, SHARE * (keys.shiftKey ? 10 : keys.altKey ? 0.1 : 1));
}

// The places along the axis of a handle's film (film/asks.js).
function axisAt(node, told, value, grid) {
  const next = (from, way) => {
    const to = keptWithin(told, placeOn(grid, indexOn(grid, from) + way));
    return to === from ? null : to;
  };
  return { name: told.axis, value, next, settle: () => arriveAt(node, true) };
}
