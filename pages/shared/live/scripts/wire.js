// All that a change moves comes here, and each part on screen is handed its own (part.js). What the
// parts say goes the same way back.
export default function ({ data, setTriggerValue }) {
  const wire = (globalThis.blameWire ??= { newest: {}, mounted: {} });
  wire.say = setTriggerValue;
  const message = JSON.parse(new TextDecoder().decode(data));
  const { session, at, told } = message;
  if (wire.session === session && wire.at === at) return;
  Object.assign(wire, { session, at });
  const unsaid = wire.unsaid;
  wire.unsaid = null;
  if (unsaid) setTimeout(unsaid);
  for (const [key, given] of Object.entries(told)) wire.newest[key] = { session, at, told: given };
  // A hand that is shown frames is not shown where it was (film/projector.js).
  if (globalThis.blameFilm?.heard(message) === false) return;
  for (const [key, given] of Object.entries(told)) wire.mounted[key]?.(given);
}
