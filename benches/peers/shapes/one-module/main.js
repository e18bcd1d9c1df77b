// Shows how many characters are left in a comment.
const LIMIT = 200;

function left(text) {
  return LIMIT - text.length;
}

document.addEventListener("input", (event) => {
  const label = document.querySelector(`[data-left-of="${event.target.id}"]`);
  if (label) label.textContent = `${left(event.target.value)} left`;
});
