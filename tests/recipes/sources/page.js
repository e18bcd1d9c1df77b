const said = [];

/** What the page shows, in the order in which entries say it. */
export function say(text) {
  said.push(text);
  document.getElementById("days").textContent = said.join(", ");
}
