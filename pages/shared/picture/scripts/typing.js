// Typing a number: the text goes to Python as it is, which alone reads numbers, and its answer
// either changes the picture or says beside the field why it cannot.
function startTyping(root, group) {
  const { item, place } = group;
  closeField(root);
  endHalt(root);
  root.typing = group;
  root.field.hidden = false;
  besideNumber(root, root.field, place, -16);
  const [field] = root.field.children;
  field.value = String(valueNow(root, item));
  // What needs no answer any more: the number itself, or a text that has been refused.
  root.settledText = field.value;
  field.setAttribute("aria-label", `Type a number for ${item.id}`);
  complain(root, "");
  say(root.note, "");
  field.focus();
  field.select();
}

// Put a box where a number stands, so far below its middle, and within the picture.
function besideNumber(root, box, place, below) {
  const scale = root.svg.getBoundingClientRect().width / root.plan.width;
  const left = root.svg.offsetLeft || root.svg.getBoundingClientRect().left - root.stage.getBoundingClientRect().left;
  const room = root.stage.clientWidth - Math.max(100, box.offsetWidth);
  box.style.left = `${Math.max(0, Math.min(left + place.x * scale - 48, room))}px`;
  box.style.top = `${place.y * scale + below}px`;
}

function closeField(root) {
  root.typing = null;
  root.field.hidden = true;
}

function complain(root, text) {
  const [field, message] = root.field.children;
  say(message, text);
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

// Whether what the field holds is on its way.
function isWaiting(root) {
  if (!root.typing) return false;
  const { set } = root.typing.item, text = root.field.children[0].value;
  return [root.asked, ...root.wanted].some((change) => change && change.name === set && change.text === text);
}

function wantText(root, item, text) {
  if (root.moving) settle(root);
  queue(root, { name: item.set, text, rest: true, id: item.id, was: valueNow(root, item) });
  root.moving = null;
  wake(root, true);
  send(root);
}

// The field waits for the answer, so that a refusal has a place to be said.
function leaveField(root) {
  if (!root.typing || isWaiting(root)) return;
  const text = root.field.children[0].value;
  if (text === root.settledText) closeField(root);
  else wantText(root, root.typing.item, text);
}

function answerTyped(root, { name, id, text, was }, typed) {
  const [field] = root.field.children;
  const { value, said } = typed || { value: null, said: "" };
  const isOpen = root.typing && root.typing.item.set === name && field.value === text;
  if (value !== null) {
    root.before = { id, value: was, last: value };
    say(root.note, said);
  } else if (!isOpen) say(root.note, said && `${id}: ${said}`);
  if (!isOpen) return;
  if (value === null && said) {
    root.settledText = text;
    complain(root, said);
    return;
  }
  const group = root.typing, hadFocus = field.getRootNode().activeElement === field;
  closeField(root);
  if (hadFocus) group.focus();
}

function listenForTyping(root) {
  const [field] = root.field.children;
  field.addEventListener("keydown", (event) => {
    if (!root.typing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") {
      if (!isWaiting(root)) wantText(root, root.typing.item, field.value);
      return;
    }
    const group = root.typing;
    closeField(root);
    group.focus();
  });
  field.addEventListener("input", () => complain(root, ""));
  field.addEventListener("blur", () => leaveField(root));
}
