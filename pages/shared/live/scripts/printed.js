// What is read has the printed sign for minus, as words and charts have; a hyphen between words, in
// a name or before an exponent is none. words/numbers.py does the same for sentences.
function printed(text) {
  return String(text)
    .replace(/(^|[^\w.)\]])-(?=\.?\d|\()/g, "$1\u2212")
    .replace(/([\w)\]] )-(?= [\w(])/g, "$1\u2212");
}
