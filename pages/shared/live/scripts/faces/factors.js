// The factors of a formula. Streamlit's formulas may carry no names, so each factor begins with four
// spaces of no width together: how wide an em is there, and its name's two numbers (formulas/faces.py).
const SPACES = /^(-?\d*\.?\d+)em$/;
const UNIT = 2500;

function spacesOf(group) {
  const widths = [];
  for (const child of group.children) {
    if (!child.classList.contains("mspace") || widths.length === 4) break;
    const found = SPACES.exec(child.style.marginRight);
    if (!found) return null;
    widths.push(Number(found[1]));
  }
  const [unit, first, second, back] = widths;
  if (!(back < 0 && Math.abs(unit + first + second + back) < 1e-3)) return null;
  return [first, second].map((width) => Math.round((width / unit) * UNIT)).join(" ");
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

function* namesOnPage() {
  for (const root of rootsOf()) {
    for (const element of root.querySelectorAll("[data-quantity]")) {
      for (const name of quantitiesOf(element)) if (name) yield name;
    }
  }
}

function nameFactors(wanted, marked) {
  const numbers = new Set(wanted.map((name) => (name.startsWith("#") ? name.slice(1) : hashOf(name))));
  for (const name of wanted) numbers.add(hashOf(arrayOf(name)));
  for (const name of namesOnPage()) if (areFaces([name], wanted)) numbers.add(hashOf(name));
  for (const [element, number] of factorsOf(document)) if (numbers.has(number)) marked.add(element);
}

// Whose factor is under the pointer: a name that something on the page has, or its number alone. In
// fractions and matrices a formula's parts lie over each other, so it is asked for all of them.
function factorAt(x, y) {
  for (const element of document.elementsFromPoint(x, y)) {
    const group = element.closest(".katex-html :has(> .mspace:first-child)");
    const number = group ? spacesOf(group) : null;
    if (!number) continue;
    for (const name of namesOnPage()) {
      const is = [name, arrayOf(name)].find((each) => hashOf(each) === number);
      if (is) return [is];
    }
    return [`#${number}`];
  }
  return null;
}
