// The factors of a formula. Streamlit's formulas may carry no names, so each factor begins with two
// spaces of no width together that are its number (mark_face in formulas/latex.py).
const SPACES = /^(-?\d*\.?\d+)em$/;

function spacesOf(group) {
  const widths = [];
  for (const child of group.children) {
    if (!child.classList.contains("mspace") || widths.length === 3) break;
    const found = SPACES.exec(child.style.marginRight);
    if (!found) return null;
    widths.push(Math.round(1e4 * Number(found[1])));
  }
  const [first, second, back] = widths;
  return widths.length === 3 && first + second + back === 0 ? `${first} ${second}` : null;
}

const HASHES = new Map();
function hashOf(name) {
  if (!HASHES.has(name)) {
    let [first, second] = [7, 11];
    for (const letter of name) {
      first = (first * 31 + letter.codePointAt(0)) % 4999;
      second = (second * 37 + letter.codePointAt(0)) % 4993;
    }
    HASHES.set(name, `${first + 1} ${second + 1}`);
  }
  return HASHES.get(name);
}

function* factorsOf(root) {
  for (const space of root.querySelectorAll(".katex-html .mspace:first-child")) {
    const number = spacesOf(space.parentElement);
    if (number) yield [space.parentElement, number];
  }
}

function nameFactors(wanted, marked) {
  const numbers = new Set(wanted.map((name) => (name.startsWith("#") ? name.slice(1) : hashOf(name))));
  for (const [element, number] of factorsOf(document)) if (numbers.has(number)) marked.add(element);
}

// Whose factor is under the pointer: a name that something on the page has, or its number alone.
function factorAt(path) {
  for (const element of path) {
    if (!element.classList || element.classList.contains("katex-html")) return null;
    const number = element.firstElementChild?.classList.contains("mspace") ? spacesOf(element) : null;
    if (!number) continue;
    for (const root of rootsOf()) {
      for (const other of root.querySelectorAll("[data-quantity]")) {
        const name = quantitiesOf(other).find((each) => hashOf(each) === number);
        if (name) return [name];
      }
    }
    return [`#${number}`];
  }
  return null;
}
