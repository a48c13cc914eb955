// All that a change moves comes here, and each part on screen is handed its own (part.js). What the
// parts say goes the same way back.
export default function ({ data, setTriggerValue }) {
  const wire = (globalThis.blameWire ??= { newest: {}, mounted: {} });
  wire.say = setTriggerValue;
  const { session, at, told } = JSON.parse(new TextDecoder().decode(data));
  if (wire.session === session && wire.at === at) return;
  Object.assign(wire, { session, at });
  for (const [key, given] of Object.entries(told)) {
    wire.newest[key] = { session, at, told: given };
    wire.mounted[key]?.(given);
  }
}
