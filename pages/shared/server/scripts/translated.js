// A browser's translator puts each text into font elements, in other words, and takes the text itself
// out of the page. What draws Streamlit's own elements goes on writing into the text that is gone, or
// fails to take it away: a sentence is then half of before and half of now. So whatever changes in a
// translated block puts the whole block back into its own words, for the translator to begin again.
// Nothing of this runs before a translator has come.
(() => {
  const BLOCKS = "p, li, td, th, h1, h2, h3, h4, h5, h6, label, button, summary, pre, div";
  const standIns = new WeakMap(); // text -> the font element in its place
  const originals = new WeakMap(); // and back
  let translated = false;

  const isFont = (node) => node.nodeType === Node.ELEMENT_NODE && node.localName === "font";
  const isText = (node) => node.nodeType === Node.TEXT_NODE;

  function note(text, font) {
    if (originals.has(font) || font.parentNode?.closest?.("font")) return;
    standIns.set(text, font);
    originals.set(font, text);
    if (!translated) begin();
  }

  function restoreBlock(place) {
    const block = place?.closest?.(BLOCKS);
    if (!block) return;
    for (const font of block.querySelectorAll("font")) {
      const text = originals.get(font);
      if (!text) continue;
      originals.delete(font);
      standIns.delete(text);
      font.replaceWith(text);
    }
  }

  // Once only, and for readers of a translation only: the calls by which a text is written or moved.
  function begin() {
    translated = true;
    const restored = (node) => {
      const font = node && standIns.get(node);
      if (font?.isConnected) restoreBlock(font.parentElement);
    };
    for (const [owner, name] of [[Node.prototype, "nodeValue"], [CharacterData.prototype, "data"]]) {
      const own = Object.getOwnPropertyDescriptor(owner, name);
      Object.defineProperty(owner, name, {
        ...own,
        set(value) {
          restored(this);
          own.set.call(this, value);
        },
      });
    }
    const { removeChild, insertBefore } = Node.prototype;
    Node.prototype.removeChild = function (child) {
      if (child?.parentNode !== this) restored(child);
      return removeChild.call(this, child);
    };
    Node.prototype.insertBefore = function (node, before) {
      if (before && before.parentNode !== this) restored(before);
      return insertBefore.call(this, node, before);
    };
  }

  // A text that left its place to a font element, whichever of the two was done first.
  function pair(records) {
    const gone = [];
    for (const record of records) {
      for (const text of [...record.removedNodes].filter(isText)) {
        const beside = [...record.addedNodes, record.previousSibling, record.nextSibling];
        const font = beside.find((node) => node && isFont(node) && !originals.has(node));
        if (font) note(text, font);
        else gone.push([text, record]);
      }
      for (const font of [...record.addedNodes].filter(isFont)) {
        const at = gone.findIndex(([, left]) => left.target === record.target
          && left.previousSibling === record.previousSibling && left.nextSibling === record.nextSibling);
        if (at >= 0) note(gone.splice(at, 1)[0][0], font);
      }
    }
  }

  const ofTranslator = (record) => record.target.closest?.("font")
    || [...record.addedNodes, ...record.removedNodes].some(isFont)
    || [...record.removedNodes].some((node) => standIns.has(node));

  const observer = new MutationObserver((records) => {
    if (!translated && !records.some((record) => [...record.addedNodes].some(isFont))) return;
    pair(records);
    for (const record of records) {
      if (!ofTranslator(record)) restoreBlock(record.target);
    }
    // What was put back here is no change of the page's.
    observer.takeRecords();
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
})();
