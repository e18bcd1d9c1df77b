export default class Row {
  constructor(cells) {
    this.cells = cells.map((cell) => `<${cell}>`);
  }
}
