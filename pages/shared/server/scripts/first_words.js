// The first words stand until the page shows its own: a heading, or what it says instead of one.
(() => {
  const shown = () => document.querySelector("[data-testid=stMain] :is(h1, [data-testid=stAlert], [data-testid=stDialog])");
  const watch = new MutationObserver(() => {
    if (!shown()) return;
    watch.disconnect();
    document.getElementById("first-words")?.remove();
  });
  watch.observe(document.documentElement, { childList: true, subtree: true });
})();
