// The navigation of narrow screens. Without scripts, its link leads to the list below the page;
// here the list slides over the page instead.

export function addMenu(): void {
  const button = document.querySelector<HTMLAnchorElement>(".menu-button")!;
  const navigation = document.querySelector<HTMLElement>(".navigation")!;
  const current = navigation.querySelector<HTMLElement>("[aria-current]");
  const root = document.documentElement;
  button.setAttribute("role", "button");
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "navigation");

  const set = (isOpen: boolean) => {
    root.classList.toggle("menu-open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) (current ?? navigation.querySelector("a"))!.focus();
  };
  const isOpen = () => root.classList.contains("menu-open");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    set(!isOpen());
  });
  button.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      set(!isOpen());
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    set(false);
    button.focus();
  });
  document.addEventListener("click", ({ target }) => {
    const isOutside = !navigation.contains(target as Node) && !button.contains(target as Node);
    if (isOpen() && isOutside) set(false);
  });
  if (current) navigation.scrollTop = current.offsetTop - navigation.clientHeight / 3;
}
