// Light and dark. Until the button is used, the system's colours apply.

import { read, write } from "./storage";

/** Applies what was chosen on another page, or in another tab. */
export function applyChoice(): void {
  const chosen = read("theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
}

export function addThemeButton(): void {
  const button = document.querySelector<HTMLButtonElement>(".theme-button")!;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    write("theme", root.dataset.theme);
    show();
  });
  system.addEventListener("change", show);
  addEventListener("storage", () => {
    applyChoice();
    show();
  });
  show();
}
