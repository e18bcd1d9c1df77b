// A base and a derived class with statics, accessors, a generator, and a subclass of Array: the
// least that every tool's helpers show in.

export class Shape {
  static count = 0;
  static create(...args) {
    return new this(...args);
  }
  constructor(name) {
    this.name = name;
    Shape.count++;
  }
  get label() {
    return `shape ${this.name}`;
  }
  set label(value) {
    this.name = value;
  }
  describe() {
    return this.label;
  }
}

export class Circle extends Shape {
  static unit = Circle.create("unit", 1);
  constructor(name, radius = 1) {
    super(name);
    this.radius = radius;
  }
  get area() {
    return Math.PI * this.radius ** 2;
  }
  describe() {
    return `${super.describe()} of ${this.area}`;
  }
  *points(count) {
    for (let at = 0; at < count; at++) {
      yield [this.radius * Math.cos(at), this.radius * Math.sin(at)];
    }
  }
}

export class Shapes extends Array {
  get total() {
    return this.reduce((sum, { area }) => sum + area, 0);
  }
  largest() {
    return this.slice().sort((a, b) => b.area - a.area)[0];
  }
}
