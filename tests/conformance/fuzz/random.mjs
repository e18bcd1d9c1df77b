// Seeded choices: the same seed gives the same program on every machine.

export class Random {
  #state;

  constructor(seed) {
    this.#state = (seed * 0x9e3779b9 + 0x7f4a7c15) >>> 0;
    for (let turn = 0; turn < 3; turn++) this.real();
  }

  /** From 0 to 1, without 1. */
  real() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From 0 to `count - 1`. */
  below(count) {
    return Math.floor(this.real() * count);
  }

  /** From `least` to `most`. */
  between(least, most) {
    return least + this.below(most - least + 1);
  }

  chance(probability) {
    return this.real() < probability;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** One of `{ name: weight }`, by weight. */
  weighted(weights) {
    const entries = Object.entries(weights).filter(([, weight]) => weight > 0);
    let at = this.real() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) if ((at -= weight) < 0) return name;
    return entries.at(-1)[0];
  }
}
