// What scenes are made of.

/** `options` are those of the root component. */
export const scene = (name, template, data = {}, options = {}, steps = []) => ({ name, root: { template, data, ...options }, steps });

/** A picture that loads without a server: one point. */
export const PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

export const TREE = [
  { value: "fruit", label: "Fruit", children: [{ value: "apple", label: "Apple" }, { value: "pear", label: "Pear" }, { value: "fig", label: "Fig", disabled: true }] },
  { value: "herbs", label: "Herbs", children: [{ value: "mint", label: "Mint", children: [{ value: "water", label: "Water mint" }] }] },
];

export const USERS = [
  { id: 1, name: "Minseo", age: 31, town: "Seoul" },
  { id: 2, name: "Dohyun & Co", age: 27, town: "Busan" },
  { id: 3, name: "Ha-neul", age: 44, town: "Seoul" },
];
