// What is told in fewer bytes (charts/packed.py) as it was.
function restored(told, shared, rest) {
  if (told === null || typeof told !== "object") return told;
  if (Array.isArray(told)) {
    // Rows of plain things are as they are.
    const plain = told.every((each) => each === null || typeof each !== "object");
    return plain ? told : told.map((each) => restored(each, shared));
  }
  if ("$between" in told) {
    const [head, tail] = told.$between;
    return [...rest.slice(0, head), ...restored(told.told, shared), ...rest.slice(rest.length - tail)];
  }
  if ("$numbers" in told) return numbersOf(told);
  if ("$shared" in told) return sharedBy(shared, told.$shared);
  return Object.fromEntries(Object.entries(told).map(([name, each]) => [name, restored(each, shared)]));
}

// What many frames show is one and the same here too, as long as it is among those looked at last.
const MOST_MADE = 64;
const made = new Map();

function sharedBy(shared, place) {
  const told = shared[place];
  const found = made.get(told) ?? restored(told, shared);
  made.delete(told);
  made.set(told, found);
  if (made.size > MOST_MADE) made.delete(made.keys().next().value);
  return found;
}

// Each number is sent as how much it differs from its neighbours to the left and above.
function numbersOf({ $numbers: text, bytes: most, digits, width, none }) {
  const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  const count = bytes.length / most;
  const scale = 10 ** digits;
  const across = width ?? count;
  const rows = [];
  let above = new Array(across).fill(0);
  for (let start = 0; start < count; start += across) {
    const whole = new Array(across);
    let along = 0;
    for (let j = 0; j < across; j += 1) {
      let folded = 0;
      for (let k = most - 1; k >= 0; k -= 1) folded = folded * 256 + bytes[k * count + start + j];
      along += folded % 2 ? -(folded + 1) / 2 : folded / 2;
      whole[j] = above[j] + along;
    }
    rows.push(whole.map((each) => (each === none ? null : each / scale)));
    above = whole;
  }
  return width ? rows : rows[0];
}
