import "core-js/actual";
import "./old-engine.js";
import { all, create } from "mathjs";

const math = create(all);

assert.equal(math.evaluate("2 * (3 + 4) ^ 2"), 98);
assert.equal(math.format(math.evaluate("sqrt(-4)")), "2i");
assert.equal(math.evaluate("12.7 cm to inch").toString(), "5 inch");
// Simplifying counts with fractions, whose numbers are BigInts.
assert.equal(math.parse("2x + 3 / y").toTex(), "2~ x+\\frac{3}{ y}");
assert.equal(math.derivative("x^2", "x", { simplify: false }).toString(), "2 * 1 * x ^ (2 - 1)");
assert.deepEqual(math.multiply([[1, 2], [3, 4]], [[1], [1]]), [[3], [7]]);
assert.equal(math.det(math.matrix([[2, 1], [1, 3]])), 5);
assert.equal(math.bignumber("0.1").plus("0.2").toString(), "0.3");
const scope = { rate: 3 };
math.evaluate("f(x) = rate * x", scope);
assert.equal(scope.f(4), 12);
const parser = math.parser();
parser.evaluate("a = [1, 2, 3]");
assert.equal(parser.evaluate("sum(a)"), 6);
log("ok");
