// Numbers and BigInts.

function numeric(value) {
  var primitive = to_primitive(value, "number");
  return typeof primitive === "bigint" ? primitive : +primitive;
}

// `base ** exponent`. `Math.pow` takes no BigInts.
export function power(base, exponent) {
  var left = numeric(base);
  var right = numeric(exponent);
  var one, result;
  if (typeof left !== "bigint" && typeof right !== "bigint") return Math.pow(left, right);
  if (typeof left !== typeof right) throw new TypeError("`**` cannot mix a BigInt and a number");
  if (right < 0) throw new RangeError("Exponent must be non-negative");
  // A BigInt's 1, without `BigInt`: the output needs no global for this.
  one = result = -~(right - right);
  for (;;) {
    if (right & one) result *= left;
    right >>= one;
    if (!right) return result;
    left *= left;
  }
}
