/** One class. Choose another target, or open Compare, to see what each browser gets. */
export class Account {
  #balance = 0;
  static count = 0;

  constructor(owner) {
    this.owner = owner;
    Account.count += 1;
  }

  deposit(...amounts) {
    for (const amount of amounts) this.#balance += amount;
    return this;
  }

  get summary() {
    return `${this.owner ?? "Nobody"} has ${this.#balance}`;
  }
}
