// Browsers drop from a field of numbers what they do not know, sign by sign: 0,9 would become 09, and
// a minus that is printed nothing. What is typed or pasted is read first, or refused with a word.
(() => {
  const REFUSED = "Here only a decimal number is read, such as 0.5 or -1e-3.";
  const read = (text) => text
    .replace(/[\s\u00a0\u202f\u200b]/g, "")
    .replace(/[\u2010-\u2014\u2212\uff0d]/g, "-")
    .replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  let refused = null;
  document.addEventListener("beforeinput", (event) => {
    const field = event.target, typed = event.data;
    if (field?.type !== "number" || typed === null || typed === undefined) return;
    // What follows a stroke is no longer the number before it: 1/2 is not 12.
    if (refused === field && event.inputType === "insertText" && field.value) {
      event.preventDefault();
      field.reportValidity();
      return;
    }
    refused?.setCustomValidity("");
    refused = null;
    const meant = read(typed);
    if (meant === typed && /^[-+.\deE]*$/.test(typed)) return;
    event.preventDefault();
    if (/^[-+.\deE]*$/.test(meant)) {
      if (meant) document.execCommand("insertText", false, meant);
      return;
    }
    refused = typed.includes("/") ? field : null;
    field.setCustomValidity(REFUSED);
    field.reportValidity();
  }, true);
  const forget = (event) => {
    if (event.target?.type === "number") event.target.setCustomValidity("");
    refused = null;
  };
  document.addEventListener("focusout", forget, true);
  document.addEventListener("select", forget, true);
  document.addEventListener("input", (event) => event.inputType?.startsWith("delete") && forget(event), true);
})();
