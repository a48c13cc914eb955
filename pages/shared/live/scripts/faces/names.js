// What a number, or an array of them, is called, and which of two are faces of one quantity.
const INDEX = String.raw`\[\d+(?:, ?\d+)*\]`;
// Names that no word of a language is, and those that only code and formulas may mean.
const PLAIN = String.raw`d_loss_y|y_pred|y_true|d_[zax]\d*|d[Wb]\d+|[zabW]\d+`;
const NAME = new RegExp(`(?<![\\w.'])(?:(?:${PLAIN}|x)${INDEX}|(?:${PLAIN})(?![\\w[]))`, "g");
const SYMBOL = new RegExp(`(?<![\\w.'])(?:(?:${PLAIN}|x)${INDEX}|(?:${PLAIN}|x|loss)(?![\\w([]))`, "g");

const spelt = (name) => name.replaceAll("\u00a0", " ").replace(/,(?=\S)/g, ", ");
const arrayOf = (name) => name.split("[")[0];

// Each of these is lit with any of those: a number with itself, and with the array that it is of
// where a formula or a line of code has that.
function areFaces(of, wanted) {
  return of.some((one) => wanted.some((other) =>
    one === other || (arrayOf(one) === arrayOf(other) && (one === arrayOf(one) || other === arrayOf(other)))));
}

const quantitiesOf = (element) => element.dataset.quantity.split("\n");
