// A number that is moved to where the formula has no value stays where it had one last, and says
// beside itself why. Python alone knows where that is: it answers with the words.

// Where a number had a value last: each change says so, in case it has none where it goes.
function keepGood(root, item, film) {
  const name = item.set;
  if (root.good?.name !== name) root.good = { name, value: valueNow(root, item) };
  const place = film?.at(filmOf(root, name)) ?? null;
  if (place !== null) root.good.value = place;
}

function reached(root, item, value) {
  root.good.value = value;
  if (root.halt && (root.halt.name !== item.set || root.halt.good !== value)) endHalt(root);
}

// The value that is wanted, but where it is known to have none.
function orHalted(root, item, value) {
  const { halt } = root;
  return halt && halt.name === item.set && halt.value === value ? halt.good : value;
}

function answerMoved(root, asked, halted) {
  if (halted?.number !== asked.number) {
    if (root.good?.name === asked.name) root.good.value = asked.value;
    if (root.halt?.name === asked.name && asked.value !== root.halt.good) {
      endHalt(root);
      if (root.echo) root.echo = root.hand;
    }
    return;
  }
  const good = asked.before;
  root.halt = { name: asked.name, value: asked.value, good };
  if (root.good?.name === asked.name) root.good.value = good;
  if (root.echo?.value === asked.value) root.echo = null;
  if (!root.held && root.hand?.value === asked.value) root.hand = null;
  const group = root.parts.get(`item ${asked.id}`);
  if (!group) return;
  root.halted.hidden = false;
  besideNumber(root, root.halted, group.place, 14);
  say(root.halted.firstChild, halted.said);
}

// What is shown of a number on its way to the server: no further than it can go.
function echoOf(root, item) {
  return root.halt?.name === item.set ? { id: item.id, value: root.halt.good } : root.hand;
}

function endHalt(root) {
  root.halt = null;
  root.halted.hidden = true;
  say(root.halted.firstChild, "");
}
