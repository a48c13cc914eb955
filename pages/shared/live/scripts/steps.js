// How far a key or a drag moves a number; picture and sheet step alike.
function stepOf(value, event, base = 0.1) {
  const size = Math.abs(value);
  const plain = size < 1000 * base ? base : 10 ** (Math.floor(Math.log10(size)) - 2);
  return plain * (event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
}

function decimals(value) {
  const [digits, exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1] || "").length - Number(exponent));
}

// Steps of 0.1 shall give 0.3, not 0.30000000000000004.
function moved(value, step, times) {
  return Number((value + step * times).toFixed(Math.min(15, Math.max(decimals(value), decimals(Number(step.toPrecision(1)))))));
}
