// A sentence: written in place, and only where it is another. Text goes in as text only.
const MARKED = /(\*\*[^*]+\*\*|`[^`]+`)/;

function wordsOf(piece) {
  if (!MARKED.test(piece)) return document.createTextNode(piece);
  const [tag, ends] = piece.startsWith("`") ? ["code", 1] : ["strong", 2];
  const element = document.createElement(tag);
  element.textContent = piece.slice(ends, -ends);
  // Code is of no language that a browser could translate.
  if (tag === "code") element.translate = false;
  return element;
}

function drawSentence({ data, parentElement }) {
  const [{ text, spoken }] = data;
  let element = parentElement.querySelector("p.sentence");
  if (!element) {
    element = document.createElement("p");
    element.className = "sentence";
    if (spoken) element.setAttribute("role", "status");
    parentElement.appendChild(element);
  }
  if (element.says === text) return;
  element.says = text;
  element.replaceChildren(...text.split(MARKED).filter(Boolean).map(wordsOf));
}

blamePart(drawSentence);
