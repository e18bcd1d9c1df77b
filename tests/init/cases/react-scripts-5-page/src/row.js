export default function row(name) {
  return `<li>${name}</li>`;
}
