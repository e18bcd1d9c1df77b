// A page's script with a base and a derived class with statics, accessors, a generator, and a
// subclass of Array.

class Animal {
  static count = 0;
  static create(name) {
    return new this(name);
  }
  constructor(name) {
    this.name = name;
    Animal.count++;
  }
  get title() {
    return "The " + this.name;
  }
  set title(value) {
    this.name = value;
  }
  speak() {
    return this.title;
  }
}
class Dog extends Animal {
  static kind = "dog";
  constructor(name, legs) {
    super(name);
    this.legs = legs;
  }
  get tall() {
    return this.legs > 3;
  }
  speak() {
    return super.speak() + " barks";
  }
  *steps() {
    for (let at = 0; at < this.legs; at++) yield at;
  }
}
class Pack extends Array {
  names() {
    return this.map((dog) => dog.name).join();
  }
}
window.pack = [Animal, Dog, Pack];
export {};
