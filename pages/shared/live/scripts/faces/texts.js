// Names in sentences, formulas and code, where nothing but the text says so. They are lit as ranges
// of it, so that what wrote the text finds it as it was.
const WHERE = "[data-testid=stMain], [data-testid=stSidebar], [role=dialog]";
const LEAVES = ".katex-mathml, script, style, [data-testid=chart], [data-quantity], svg, select, textarea";
const IN_SHADOW = ".formula, .symbols, .lines, .why, .said";

function* runsIn(root) {
  const tops = root === document ? root.querySelectorAll(WHERE) : root.querySelectorAll(IN_SHADOW);
  for (const top of tops) {
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() && !node.parentElement.closest(LEAVES)) yield node;
    }
  }
}

// A formula sets the letters of a name one after the other: they are read together.
function groupOf(node) {
  const text = node.parentElement.closest(".katex-html .text");
  return text ?? node;
}

const isSymbol = (node) => node.parentElement.closest("code, pre, .katex, .formula, .symbols, .lines") !== null;

function nodesOf(group) {
  if (group.nodeType === 3) return [group];
  const walker = document.createTreeWalker(group, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node);
  return found;
}

// Every name in a run of text nodes, each with the range it stands in.
function* namesIn(group) {
  const nodes = nodesOf(group), text = nodes.map((node) => node.data).join("").replaceAll("\u00a0", " ");
  const pattern = isSymbol(nodes[0]) ? SYMBOL : NAME;
  for (const match of text.matchAll(pattern)) {
    const place = (at, ends) => {
      let left = at;
      for (const node of nodes) {
        if (left < node.length || (ends && left === node.length)) return [node, left];
        left -= node.length;
      }
      return [nodes.at(-1), nodes.at(-1).length];
    };
    const range = new Range();
    range.setStart(...place(match.index, false));
    range.setEnd(...place(match.index + match[0].length, true));
    yield [spelt(match[0]), range];
  }
}

function lightTexts(wanted) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  if (!wanted) {
    CSS.highlights.delete("face");
    return;
  }
  const ranges = [], done = new Set();
  for (const root of rootsOf()) {
    for (const node of runsIn(root)) {
      const group = groupOf(node);
      if (done.has(group)) continue;
      done.add(group);
      for (const [name, range] of namesIn(group)) {
        // In a sentence an array is not each of its numbers.
        if (isSymbol(node) ? areFaces([name], wanted) : wanted.includes(name)) ranges.push(range);
      }
    }
  }
  CSS.highlights.set("face", new Highlight(...ranges));
}

// The name in a formula's letters under the pointer, whatever else of it lies over them.
function symbolAt(x, y) {
  for (const element of document.elementsFromPoint(x, y)) {
    const text = element.closest(".katex-html .text");
    const [found] = text ? namesIn(text) : [];
    if (found) return [found[0]];
  }
  return null;
}

// The name in the text under the pointer.
function nameAt(x, y) {
  const at = document.caretPositionFromPoint
    ? document.caretPositionFromPoint(x, y, { shadowRoots: [...rootsOf()].filter((root) => root !== document) })
    : null;
  const range = at ? null : document.caretRangeFromPoint?.(x, y);
  const node = at ? at.offsetNode : range?.startContainer;
  const offset = at ? at.offset : range?.startOffset;
  if (!node || node.nodeType !== 3 || node.parentElement?.closest(LEAVES)) return null;
  for (const [name, found] of namesIn(groupOf(node))) {
    if (!found.isPointInRange(node, offset)) continue;
    const over = [...found.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
    if (over) return [name];
  }
  return null;
}
