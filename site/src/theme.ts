// Light and dark. Until the button is used, the system's colours apply. This script runs before the
// page is drawn, so chosen colours appear without a flash of the others.

import { read, write } from "./storage";

const chosen = read("theme");
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
document.addEventListener("DOMContentLoaded", addThemeButton);

function addThemeButton(): void {
  const button = document.querySelector<HTMLButtonElement>(".theme-button")!;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    write("theme", root.dataset.theme);
    show();
  });
  system.addEventListener("change", show);
  // Another tab may have changed it.
  addEventListener("storage", () => {
    const chosen = read("theme");
    if (chosen) root.dataset.theme = chosen;
    show();
  });
  show();
}
