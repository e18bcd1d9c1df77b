// "Try this in the playground" opens the playground below the button. Without scripts, with a
// modifier or another mouse button it stays a link.

export function openInPlace(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-playground]")) {
    const link = place.querySelector("a")!;
    let frame: HTMLIFrameElement | undefined;
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("role", "button");
    const toggle = () => {
      frame ??= make(place, link.href);
      frame.hidden = link.getAttribute("aria-expanded") === "true";
      link.setAttribute("aria-expanded", String(!frame.hidden));
      link.textContent = frame.hidden ? "Try this in the playground" : "Close the playground";
    };
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      toggle();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      toggle();
    });
  }
}

/** The frame, which loads nothing before it is made. */
function make(place: HTMLElement, address: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.className = "playground";
  frame.title = `Playground: ${place.dataset.playground}`;
  frame.src = address;
  frame.hidden = true;
  place.after(frame);
  return frame;
}
