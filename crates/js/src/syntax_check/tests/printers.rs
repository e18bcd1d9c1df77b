//! Tests with the output of broken printers. Each change is made at each place of a text, one at a
//! time. `syntax_check` notices everything that the parser notices.

use super::{
    super::Verdict,
    agreement::{difference, is_refused},
    verdict,
};

/// A text as a printer writes it, with one of almost everything.
const TEXT: &str = r#"import a, { b as c } from "./b.js";
export { c, d as default };
const e = (f, { g = 1, ...h }, ...[i]) => ({ f, g: g ?? (f || h) });
let j = -(1 ** 2), k = (-1) ** 2, l = (a, b), m = a ? b : c, n = `x${a + `y${b}`}z`;
async function* d(o = 1, p) {
  for await (const q of p) yield* q;
  await (async () => {})();
  if (o) { return /[/]a\/b/gi.test("a\"b'c\n"); } else throw new (e())(o, ...p);
}
class r extends (a, b) {
  static #s = 1;
  t = () => super.u;
  get [a]() { return #s in this && r.#s; }
  set v(w) { w?.x?.[w]?.(w)?.y.z; }
  static { r.#s++; }
  async *"u"() {}
}
label: for (let x = 0, y; x < 10; x++, y--) { if (x === typeof y) continue label; else break; }
for (var z in a) delete z[a], void 0;
do { try { a() } catch { b() } finally { c() } } while (a in b instanceof c);
switch (a) { case 1: case "b": b(); default: (function () { new.target; }).call(this); }
[a, [b = 1], { c: d.e }] = [...a, , b], a.b ||= c, a **= 2, a = b = c;
var A = 0x1f + 1e3 + .5 + 1_000 + 10n + 0b1, B = a+ +b- -c, C = a++ + ++b, D = !(a instanceof b);
(() => {})(), (function () {})(), (class {}).name, ({}).a, ({ a } = b), (a?.b).c, (a, b);
export { e as f } from "./e.js"
"#;

/// What is written, and what a broken printer writes instead.
const CHANGES: &str = "( ) { } [ ] ; , ` ... / \\ : # \"=' let=var const=var =>== ?.=? ?.=. ??=||";

/// The number of broken texts, and how many of them are refused.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    changed: usize,
    by_parser: usize,
    here: usize,
}

impl Counts {
    fn add(&mut self, text: &str) {
        assert_eq!(difference(text, true), None, "{text}");
        self.changed += 1;
        self.by_parser += usize::from(is_refused(text));
        self.here += usize::from(!matches!(verdict(text, true), Verdict::Readable(_)));
    }
}

#[test]
fn broken_texts_are_refused() {
    assert!(matches!(verdict(TEXT, true), Verdict::Readable(_)), "{:?}", verdict(TEXT, true));
    let mut counts = Counts::default();
    let pairs = CHANGES.split(' ').map(|change| match change {
        "=>==" => ("=>", "="),
        _ => change.split_once('=').unwrap_or((change, "")),
    });
    for (written, instead) in pairs.chain([(" ", ""), ("\n", ""), ("async ", "")]) {
        for (at, _) in TEXT.match_indices(written) {
            counts.add(&format!("{}{instead}{}", &TEXT[..at], &TEXT[at + written.len()..]));
        }
    }
    assert_eq!(counts, Counts { changed: 582, by_parser: 258, here: 259 });
}
