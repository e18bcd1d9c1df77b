import { isOdd } from "./odd.js";

export function isEven(number) {
  return number === 0 || isOdd(number - 1);
}
