// What a user does, as events of ES5 browsers: `KeyboardEvent` cannot be constructed in all of them.

const KEYS = { Tab: 9, Enter: 13, Escape: 27, Space: 32, PageUp: 33, PageDown: 34, End: 35, Home: 36, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Delete: 46, Backspace: 8 };

/** Dispatches an event of any type. */
function fire(target, type, fields = {}) {
  const event = document.createEvent("HTMLEvents");
  event.initEvent(type, !/^mouse(enter|leave)$/.test(type), true);
  Object.keys(fields).forEach((key) => (event[key] = fields[key]));
  target.dispatchEvent(event);
}

const position = (target) => {
  const { left, top, width, height } = target.getBoundingClientRect();
  return { button: 0, clientX: left + width / 2, clientY: top + height / 2 };
};

export function click(target) {
  const at = position(target);
  fire(target, "mousedown", at);
  if (target.focus && target.matches("input, textarea, button, [tabindex]")) target.focus();
  fire(target, "mouseup", at);
  // The browser's own: it checks boxes and follows labels.
  if (target.click) target.click();
  else fire(target, "click", at);
}

export function hover(target) {
  for (const type of ["mouseover", "mouseenter", "mousemove"]) fire(target, type, position(target));
}

export function leave(target) {
  for (const type of ["mouseout", "mouseleave"]) fire(target, type, position(target));
}

export function type(target, text) {
  target.focus();
  target.value = text;
  fire(target, "input");
}

/** What a browser says when a field is left. */
export function change(target) {
  fire(target, "change");
}

export function press(target, key) {
  const fields = { key: key === "Space" ? " " : key, code: key, keyCode: KEYS[key], which: KEYS[key] };
  fire(target, "keydown", fields);
  fire(target, "keyup", fields);
}

/** Moves what is dragged by so many pixels. */
export function drag(target, by) {
  const { clientX, clientY } = position(target);
  const there = { button: 0, clientX: clientX + by, clientY, pageX: clientX + by, pageY: clientY };
  fire(target, "mousedown", { button: 0, clientX, clientY, pageX: clientX, pageY: clientY });
  fire(window, "mousemove", there);
  fire(document, "mousemove", there);
  fire(window, "mouseup", there);
  fire(document, "mouseup", there);
}
