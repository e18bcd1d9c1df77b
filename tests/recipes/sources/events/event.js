import sun from "../images/sun.png?url";
import { say } from "../page.js";
import "./event.scss";

/** An event, how it looks, and its picture, whose address follows from where the script is. */
export class Event {
  constructor(name, days) {
    this.name = name;
    this.days = days;
  }

  show() {
    const image = new Image();
    image.onload = () => {
      const { borderTopWidth } = getComputedStyle(document.querySelector(".event"));
      say(`${this.name} in ${this.days} days, ${borderTopWidth}, ${image.width} pixels`);
      window.done.pending = 0;
    };
    image.onerror = () => say(`${image.src} cannot be had`);
    image.src = sun;
  }
}
