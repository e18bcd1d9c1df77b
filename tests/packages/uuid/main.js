import "core-js/actual/typed-array";
import { NIL, parse, stringify, v3, v5, validate, version } from "uuid";

const MY_NAMESPACE = "1b671a64-40d5-491e-99b0-da01ff1f3341";
assert.equal(v5("Hello, World!", MY_NAMESPACE), "630eb68f-e0fa-5ecc-887a-7c7a62614681");
assert.equal(v5("hello.example.com", v5.DNS), "fdda765f-fc57-5604-a269-52a7df8164ec");
assert.equal(v3("Hello World", MY_NAMESPACE).length, 36);
assert(validate(NIL) && !validate("not a uuid"));
assert.equal(version("6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b"), 4);
assert.equal(stringify(parse(MY_NAMESPACE)), MY_NAMESPACE);
log("ok");
