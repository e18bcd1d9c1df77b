// Marks, in "On this page", the section that is being read.

export function followHeadings(): void {
  const list = document.querySelector<HTMLElement>("aside.toc");
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".toc a")];
  if (!list || !links.length) return;
  const headings = links.map((link) =>
    document.getElementById(decodeURIComponent(link.hash.slice(1)))!,
  );
  let current: HTMLAnchorElement | undefined;

  const mark = () => {
    const limit = innerHeight / 4;
    let at = -1;
    while (at + 1 < headings.length && headings[at + 1].getBoundingClientRect().top < limit)
      at += 1;
    const isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const link = links[isAtEnd && scrollY > 0 ? links.length - 1 : at];
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    if (!link) return;
    const { top, bottom } = link.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (top < frame.top || bottom > frame.bottom) {
      list.scrollTop += top - frame.top - frame.height / 3;
    }
  };

  let isWaiting = false;
  addEventListener(
    "scroll",
    () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
