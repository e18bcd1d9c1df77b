//! Short texts: those that are right, those that are not, and what only modules or scripts accept.

use super::{super::Verdict, agreement::difference, verdict};

/// Right in scripts and in modules; one a line.
const RIGHT: &str = r#"
a: for (;;) continue a
(a, b)
((a)) = 1
(a ?? b) || c
(-1) ** 2
a ** b ** c
(a = 1, { b }, [c], ...d) => {}
({ a, b: c, d: [e] }) => {}
async (a) => a
async a => a
async(...a)
async function f() { await a }
[a, , ...b]
[a.b, c[d]] = e
[a = 1, [b]] = c
({ a, b: c.d, ...e } = f)
[{ a = 1 }] = b
({ a: { b = 1 } } = c)
({ a: [b = 1] = c }) => a
for ({ a = 1 } of b);
for (a.b of c);
for (const [a] of b);
for (var a = 1, b; ; );
for (async of => {};;);
({ a() {}, get b() {}, set c(d) {}, async e() {}, *f() {}, async *g() {}, [h]: 1, 'i': 2 })
({ get: 1, set: 2, async: 3, await: 4, get() {}, set() {}, async() {} })
({ if: 1, class: 2 }).if
'use strict'; ({ a: 1, 'a': 2 })
'use strict'; ({ 1: 2, 0x1: 3 })
'use strict'; ({ get a() {}, set a(b) {} })
'use strict'; { function f() {} }
class A extends B { constructor() { super() } }
class A { a; b = 1; static c; 'd' = 2; [e]; static static; get; set; async; static get }
class A { static { a } static async *a() {} get a() {} set a(b) {} #a = 1; #b() {} }
class A { static() {} get() {} set() {} async() {} }
class A { #a; b() { return #a in this } }
function f() { return new.target }
new (a())()
new new A()()
a?.[b]?.(c).d
a ?.5 : b
`a${b}c${`d${e}`}`
a`\u`
/[/]/g
a = /=/
if (a) /b/.test(c)
1.5e10 + .5 + 5. + 0x1F + 0b1 + 0o7 + 1_000 + 10n
'a\x41\u0041\u{41}\n'
switch (a) { case 1: b; default: c; case 2: }
try {} catch ({ a }) {} finally {}
function* f() { yield* a; yield /a/; (yield) }
label: { break label }
{ using a = b }
for (using a of b);
import('a', b).then(c)
a = b ? (c) : d => e
var é, 𠮷, \u0061b
var { a: { b = 1 } = {}, ...c } = d
({ ...a.b } = c)
typeof a === 'symbol'
"s\x79mbol" != typeof a
/\p{L}(?<a>b)|(?<a>c)/su
"#;

/// Wrong in scripts and in modules; one a line.
const WRONG: &str = r#"
a b
(a,)
(...a)
1 = a
a() = b
(a = b) = c
({ a }) = b
a++b
++a++
a?.b = c
-1 ** 2
a ?? b || c
a || b ?? c
a?.`b`
new a?.b()
new.target
super.a
import()
(a) => {} ? b : c
!a => b
(a.b) => c
((a)) => b
(...a, b) => c
[...a, b] = c
[...a = 1] = b
({ a() {} } = b)
f({ a = 1 })
({ if })
({ get a(b) {} })
({ set a(...b) {} })
for (let a, b of c);
for (let a = 1 of b);
for (async of a);
for (const a;;);
for (;a b);
let [a]
const a
let let = 1
function f(...a, b) {}
function f(a = 1) { 'use strict' }
if (a) function f() {}
a: b: a: c
break
break a
switch (a) { default: default: }
try {}
class A { constructor() {} constructor() {} }
class A { constructor = 1 }
class A { #constructor }
class A { a = arguments }
class A { static { await } }
function* f() { var yield }
function* f(a = yield) {}
async function f() { var await }
async function f(a = await b) {}
'a
"\x4"
`a
`\u`
/a/gg
/a/x
01n
1__0
3in a
a.#
v\u0061r a
({ i\u0066 })
'use strict'; with (a) b
'use strict'; 010
'use strict'; '\01'
'use strict'; delete a
'use strict'; eval = 1
'use strict'; let static
'use strict'; (eval) => a
'use strict'; a: function f() {}
a: function* f() {}
{ import a from 'b' }
enum
function f() { 'use strict'; with (a) b }
{ using a }
"#;

/// Right in modules only; one a line.
const OF_MODULES: &str = r"
import 'a'
import a, * as b from 'c'
import a, { b, c as d, default as e, 'f' as g } from 'h'
import a from 'b' with { type: 'json' }
export { a, b as c, d as default, e as 'f' }
export * as a from 'b'
export default function () {}
export let a, b
await a
for await (a of b);
import.meta.url
await using a = b
";

/// Right in scripts only; one a line.
const OF_SCRIPTS: &str = r"
with (a) b
010
'\01'
delete a
var eval, arguments, let, static, yield
yield => 1
a: function f() {}
<!-- a
for (let in a);
08.5
";

fn lines(texts: &str) -> impl Iterator<Item = &str> {
    texts.lines().filter(|text| !text.is_empty())
}

fn is_right(text: &str, is_module: bool) -> bool {
    matches!(verdict(text, is_module), Verdict::Readable(_))
}

/// Checks the verdicts on a text, and that the parser agrees.
fn check(text: &str, in_scripts: bool, in_modules: bool) {
    assert_eq!((is_right(text, false), is_right(text, true)), (in_scripts, in_modules), "{text}");
    for is_module in [false, true] {
        assert_eq!(difference(text, is_module), None, "{text}");
    }
}

#[test]
fn right_and_wrong_texts() {
    lines(RIGHT).for_each(|text| check(text, true, true));
    lines(WRONG).for_each(|text| check(text, false, false));
    lines(OF_MODULES).for_each(|text| check(text, false, true));
    lines(OF_SCRIPTS).for_each(|text| check(text, true, false));
}

#[test]
fn new_lines_matter() {
    for text in ["a\nb", "a\n++b", "async\n(a)", "x\n/y/g", "do a\nwhile (b)", "return\na"] {
        check(text, true, true);
    }
    for text in ["throw\na", "(a)\n=> b", "/a\n/", "'a\nb'"] {
        check(text, false, false);
    }
}

#[test]
fn deep_nesting_is_read_once() {
    for (open, close) in [("(a = ", ")"), ("({ a = ", " }) => 1"), ("[a, ", "]"), ("async(", ")")] {
        let text = format!("{}1{}", open.repeat(200), close.repeat(200));
        assert!(is_right(&text, true), "{open}");
    }
}
