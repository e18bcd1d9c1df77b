/** What the visitor wants to buy, for as long as the page is open. */
export class Basket {
  static instance = new Basket();

  items = [];
  #listeners = [];

  add(...items) {
    this.items.push(...items);
    this.#listeners.forEach((listener) => listener(this));
  }

  onChange(listener) {
    this.#listeners.push(listener);
  }

  get total() {
    return this.items.reduce((sum, { price }) => sum + price, 0);
  }
}
