// A step of a scene as it is written: `click .button`, `type input: some text`, `press input: Enter`, `drag .thumb: 40`,
// `scroll .list to 500`, `change input`, `hover .link`, `leave .link`. The selector's first visible match is meant, or `.button@2`: the third.

import { change, click, drag, hover, leave, press, type } from "./events.js";

/** Does what a step says. */
export function perform(step) {
  const [, verb, selector, argument] = /^(\w+) (.*?)(?:(?:: | to )([^]*))?$/.exec(step);
  const target = find(selector);
  switch (verb) {
    case "click": return click(target);
    case "change": return change(target);
    case "hover": return hover(target);
    case "leave": return leave(target);
    case "type": return type(target, argument);
    case "press": return press(target, argument);
    case "drag": return drag(target, Number(argument));
    case "scroll": return void (target.scrollTop = Number(argument));
    default: throw new Error(`no step is called ${verb}`);
  }
}

function find(selector) {
  const [css, number] = selector.split("@");
  const all = [...document.querySelectorAll(css)];
  const found = number === undefined ? all.find((each) => each.offsetParent) || all[0] : all[Number(number)];
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}
