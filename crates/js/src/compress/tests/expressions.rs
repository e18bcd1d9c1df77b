//! Operators, conditions, calls and members, as statements or arguments of a free function.

use super::{check, check_kept, compressed};

#[test]
fn constants_are_folded() {
    check(&[
        ("f(1 + 2, 'a' + 'b' + c + 'd' + 'e', 2 * 3 | 1)", "f(3,\"ab\"+c+\"de\",7)"),
        ("f(c + 1 + 2, typeof 'a', !0 === !1)", "f(c+1+2,\"string\",!1)"),
        ("f(1 / 0, -1 / 0, NaN, undefined, true)", "f(1/0,-1/0,0/0,void 0,!0)"),
        ("f(Infinity, -Infinity, a / -Infinity)", "f(1/0,-1/0,a/(-1/0))"),
        ("f('abc'.length, a['b'], a['1'], a['b-c'])", "f(3,a.b,a[1],a[\"b-c\"])"),
        ("f(`a`, `a\nb`)", "f(\"a\",`a\nb`)"),
    ]);
    // A longer result, and a sign that would be lost.
    check_kept(&["f(1/3,0*-1)"]);
}

#[test]
fn conditions_keep_their_truth_only() {
    check(&[
        ("if (!!a) b()", "a&&b()"),
        ("if (a ? true : false) b()", "a&&b()"),
        ("if (!(a && b)) c()", "a&&b||c()"),
        ("if (a === undefined || a === null) b()", "null==a&&b()"),
        ("f(!(a == b), !(a < b), !(!a && !b))", "f(a!=b,!(a<b),!!a||!!b)"),
        ("f(a ? true : false, a > b ? true : false)", "f(!!a,a>b)"),
        ("f(!a ? b : c, a !== b ? c : d)", "f(a?c:b,a===b?d:c)"),
    ]);
}

#[test]
fn choices_with_a_known_value_are_conditions_where_they_are_compared() {
    // Newer editions have `a?.b`.
    let pairs = [
        ("f((a == null ? undefined : a.b) || c)", "f(null!=a&&a.b||c)"),
        ("f(d || (a == null ? undefined : a.b) || c)", "f(d||null!=a&&a.b||c)"),
        ("f((a ? b : 0) || c, (a ? 1 : b) && c)", "f(a&&b||c,(a||b)&&c)"),
        ("f((a == null ? undefined : a.b) === 'c')", "f(null!=a&&\"c\"===a.b)"),
        ("f((a == null ? undefined : a.b) !== 'c')", "f(null==a||\"c\"!==a.b)"),
        ("f((a == null ? undefined : a.b) == null)", "f(null==a||null==a.b)"),
        ("f(a != null ? a.b : 1, (a != null ? a.b : 1) == 1)", "f(null==a?1:a.b,null==a||1==a.b)"),
    ];
    for (text, small) in pairs {
        assert_eq!(compressed(text, 2015, true), small, "of {text}");
    }
    // Its value may be the result, or is not known, or the test is not a boolean.
    let kept = [
        "f((null==a?void 0:a.b)&&c)",
        "f((a?1:b)||c)",
        "f(\"c\"===(a?b:void 0))",
        "f(\"c\"===(null==a?d:a.b))",
    ];
    for text in kept {
        assert_eq!(compressed(text, 2015, true), text);
    }
}

#[test]
fn choices_join_what_both_have() {
    check(&[
        ("f(a ? b : (c(), b))", "f((a||c(),b))"),
        ("f(!a || !b() ? c : d)", "f(a&&b()?d:c)"),
        ("function shared(a) { b() ? a.c = 1 : a.c = d }", "function shared(a){a.c=b()?1:d}"),
        ("f(a ? b : b)", "f((a,b))"),
        ("function shared(a) { return a ? a : b }", "function shared(a){return a||b}"),
        ("f(a ? b ? c : d : d)", "f(a&&b?c:d)"),
        ("f(a ? b : c ? b : d)", "f(a||c?b:d)"),
        (
            "function shared(a, b) { if (a) b = 1; else b = 2; return g(b, b) }",
            "function shared(a,b){return g(b=a?1:2,b)}",
        ),
        ("function shared(a, f) { a ? f(1) : f(2) }", "function shared(a,f){f(a?1:2)}"),
    ]);
    // The test may set `f`.
    check_kept(&["a()?f(1):f(2)"]);
}

#[test]
fn values_keep_having_no_object() {
    check(&[
        ("(0, a.b)()", "(0,a.b)()"),
        ("(true && a.b)()", "(0,a.b)()"),
        ("(true ? a.b : c)`d`", "(0,a.b)`d`"),
        ("f(typeof (0, a), delete (0, a.b))", "f(typeof(0,a),delete(0,a.b))"),
        ("(() => a.b)()()", "(0,a.b)()"),
    ]);
}

#[test]
fn unused_values_are_dropped_and_effects_stay() {
    check(&[
        ("a(), 1, 'b', [c(), this], { e: f() }", "a(),c(),f()"),
        ("!a(); void b(); typeof c", "a(),b()"),
        ("a ? b() : 1; a ? 1 : b(); !a && b()", "a&&b(),a||b(),a||b()"),
        ("/* @__PURE__ */ a(b());\n/* @__PURE__ */ new C(d)", "b(),d"),
        ("new Error('a'); Array(1, 2); a()", "a()"),
    ]);
    // A getter, an unknown name, a conversion, an iterator, a length.
    check_kept(&["a.b", "a", "+a", "[...a]", "Array(-1)", "`${a}`"]);
}

#[test]
fn reading_this_before_super_throws() {
    check(&[
        (
            "f(class extends B { constructor() { super(...arguments); this; var a = this; a.b(a) \
             } })",
            "f(class extends B{constructor(){super(...arguments),this.b(this)}})",
        ),
        (
            "f(class extends B { constructor() { super(class { a() { this } }); this } })",
            "f(class extends B{constructor(){super(class{a(){}})}})",
        ),
    ]);
    // Without `super()`, in a parameter and in an arrow function. The arguments are evaluated after
    // `this`, which may throw.
    check_kept(&[
        "f(class extends B{constructor(){this}})",
        "f(class extends B{constructor(a=(this,1)){super(a)}})",
        "f(class extends B{constructor(){let a=()=>{this};b(a,a),super(a)}})",
        "f(class extends B{constructor(){let a=c();b(this,a),super()}})",
        "f(class extends B{constructor(){let a=this;super(),a.b()}})",
    ]);
}

#[test]
fn calls_of_builtins_are_literals() {
    check(&[
        ("f(new Object(), Array(), new Array(1, 2), Array(3))", "f({},[],[1,2],Array(3))"),
        ("f(Boolean(a), new Error('b'), new RegExp('c'))", "f(!!a,Error(\"b\"),RegExp(\"c\"))"),
    ]);
    check_kept(&["f(new RegExp(a),new Date,String(a))"]);
}

#[test]
fn keys_lose_their_quotes() {
    check(&[
        ("f({ 'a': 1, ['b']: 2, '3': 4, 'c-d': 5 })", "f({a:1,b:2,3:4,\"c-d\":5})"),
        ("f(class { ['a']() {} ['constructor']() {} })", "f(class{a(){}[\"constructor\"](){}})"),
    ]);
    // It would set the prototype.
    check_kept(&["f({[\"__proto__\"]:a})"]);
}

#[test]
fn functions_called_where_they_are_written_give_their_value() {
    check(&[
        ("f((function (a) { return a + b })(1))", "f(1+b)"),
        ("(a => { f(a) })(1)", "f(1)"),
        ("f((() => {})())", "f(void 0)"),
    ]);
    // All arguments are seen.
    check_kept(&[
        "f(function(a=arguments[1]){return a}(b,c))",
        // Patterns are evaluated after all arguments, and may throw or read them.
        "f(function([],a){return a}(b,c()))",
        "(([],a)=>f(a))(b,c())",
        "((a=()=>b,b)=>f(a,b))(c,1)",
    ]);
}

#[test]
fn constant_parts_of_templates_are_text() {
    check(&[
        ("f(`a${1}b${'c'}${d}${null}`)", "f(`a1bc${d}null`)"),
        ("f(`a${`b${c}d`}e`, `a${1}`)", "f(`ab${c}de`,\"a1\")"),
        ("f(`${a}b` + 'c', 'c' + `${a}`, `${a}` + `${b}`)", "f(`${a}bc`,`c${a}`,`${a}${b}`)"),
        ("f(`${a}$${'{b}'}\\``)", "f(`${a}$\\{b}\\``)"),
        ("f('a'.concat(1, b, 'c', 'd'), 'a'.concat('b'))", "f(\"a1\".concat(b,\"cd\"),\"ab\")"),
    ]);
    check_kept(&["f(`${a}`+b,a.concat(1,2),`${1n}`)"]);
}

#[test]
fn functions_of_one_expression_are_in_the_place_of_their_calls() {
    check(&[
        ("function a(b) { return b.c } f(a(d), a(e))", "f(d.c,e.c)"),
        ("const a = (b) => b.c; f(() => a(d))", "f(()=>d.c)"),
        ("function a() { return b } f(() => a())", "f(()=>b)"),
        // The last use may be longer than the call, because the function is dropped.
        (
            "function a(b) { return ['a long text', b] } f(() => a(d()))",
            "f(()=>[\"a long text\",d()])",
        ),
        // Both calls pay for the function, and its own name is no use.
        (
            "var a = function own(b) { return g('long text', b) };
             function shared(b, c) { return a(b) + a(c) }",
            "function shared(b,c){return g(\"long text\",b)+g(\"long text\",c)}",
        ),
        // The callee gets no object, and nothing is deleted.
        (
            "function a(b) { return b.c } f(a(d)(), delete a(d), a(d)?.())",
            "f((0,d.c)(),delete(0,d.c),(0,d.c)?.())",
        ),
        // Other modules see the function.
        (
            "function shared(b) { return b.c } f(() => shared(d))",
            "function shared(b){return b.c}f(()=>d.c)",
        ),
        // A parameter that is read twice takes a name that never changes.
        (
            "function a(b) { return b + b } function shared(c) { return a(c) }",
            "function shared(c){return c+c}",
        ),
    ]);
    check_kept(&[
        // Longer, `this`, itself, another function, and arguments that have to be computed before.
        "function a(b){return g(\"a long text\",b)}f(()=>a(1),()=>a(2),()=>a(3))",
        "function a(b){return this.c(b)}f(()=>a(d),()=>a(e))",
        "function a(b){return b?a(b.c):d}f(()=>a(d),()=>a(e))",
        "function a(b){return()=>b}f(()=>a(d()),()=>a(e()))",
        "function a(b){return g()+b}f(()=>a(d()),()=>a(e()))",
        // One list of texts, and a declaration that has not run.
        "function a(){return g`b`}f(()=>a(),()=>a())",
        "function a(){return b}try{a(),a()}catch{f()}class b{static{f(b)}}",
    ]);
}
