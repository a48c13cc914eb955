// A surface takes every touch for itself, and the page would stand still under a swipe that begins on
// it. It hears of a touch only once that goes sideways: then it turns; up and down the page moves.
function giveSwipesBack(node) {
  let start = null; // where a touch began that has not said yet which way it goes
  let turns = false;
  const onSurface = (event) => event.target.localName === "canvas";
  const begin = (event) => {
    // The one made below passes.
    if (!onSurface(event) || !event.isTrusted) return;
    turns = false;
    const [touch] = event.changedTouches;
    start = event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
    event.stopPropagation();
  };
  const move = (event) => {
    if (!onSurface(event) || turns) return;
    event.stopPropagation();
    const [touch] = event.changedTouches;
    if (!start || Math.abs(touch.clientX - start.x) <= Math.abs(touch.clientY - start.y)) return;
    turns = true;
    const begun = new TouchEvent("touchstart", {
      cancelable: true, touches: [...event.touches], targetTouches: [...event.targetTouches], changedTouches: [touch],
    });
    event.target.dispatchEvent(begun);
  };
  node.addEventListener("touchstart", begin, { capture: true, passive: true });
  node.addEventListener("touchmove", move, { capture: true, passive: true });
}
