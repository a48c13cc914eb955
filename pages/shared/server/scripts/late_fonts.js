// The page's letters come once its scripts are there. On a slow line they come last, after what there
// is to read and the picture: until then it is read in letters of the reader's own.
(() => {
  const SLOW = 3000; // milliseconds to the scripts
  const PATIENT = 8000; // from the heading on, where no picture comes
  const style = document.createElement("style");
  style.textContent = FACES;
  const fetch = () => document.head.append(style);
  addEventListener("load", () => {
    if (performance.now() < SLOW) return void fetch();
    let since = 0;
    const timer = setInterval(() => {
      if (!document.querySelector("[data-testid=stMain] h1")) return;
      since ||= performance.now();
      const drawn = globalThis.blameParts?.blame_network?.draw;
      if (!drawn && performance.now() - since < PATIENT) return;
      clearInterval(timer);
      fetch();
    }, 200);
  });
})();
