// All that a change moves comes here, and each part on screen is handed its own (part.js). What the
// parts say goes the same way back.
export default function ({ data, setTriggerValue }) {
  const wire = (globalThis.blameWire ??= { newest: {}, mounted: {} });
  wire.say = setTriggerValue;
  wire.turning ??= watchTurns(wire);
  const message = JSON.parse(new TextDecoder().decode(data));
  const { session, at, lesson, told } = message;
  if (wire.session === session && wire.at === at) return;
  Object.assign(wire, { session, at, lesson, path: location.pathname });
  const unsaid = wire.unsaid;
  wire.unsaid = null;
  if (unsaid) setTimeout(unsaid);
  for (const [key, given] of Object.entries(told)) wire.newest[key] = { session, at, told: given };
  // A hand that is shown frames is not shown where it was (film/projector.js).
  if (globalThis.blameFilm?.heard(message) === false) return;
  for (const [key, given] of Object.entries(told)) wire.mounted[key]?.(given);
}

// While another page is turned to, nothing is said of the one before: a server that hears both at once
// turns back, and shows neither. Returns what tells whether one is on its way.
const TURN = 4000; // milliseconds after which it is no longer waited for

function watchTurns(wire) {
  let turned = null;
  const turns = () => (turned = { lesson: wire.lesson, at: performance.now() });
  addEventListener("popstate", () => location.pathname === wire.path || turns());
  document.addEventListener("click", (event) => {
    const link = event.composedPath().find(({ localName, href }) => localName === "a" && href);
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link?.target === "_blank";
    // What is saved is a link too, and leads nowhere.
    const leads = link && !link.download && link.protocol === location.protocol && link.origin === location.origin;
    if (leads && !elsewhere && link.pathname !== location.pathname) turns();
  }, true);
  return () => turned?.lesson === wire.lesson && performance.now() - turned.at < TURN;
}
