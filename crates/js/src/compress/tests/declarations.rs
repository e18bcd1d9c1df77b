//! Variables, functions and their uses: each name is `shared` where other programs must see it.

use super::{check, check_kept};

#[test]
fn what_nothing_uses_is_dropped() {
    check(&[
        ("var a = 1, b = f(), c = 2; g(c)", "f(),g(2)"),
        ("function a() {} class B { m() {} } const c = () => 1; d()", "d()"),
        ("let a; a = f(); a = 1", "f()"),
        ("var a = f(), b = g(); h(b, b)", "var b=(f(),g());h(b,b)"),
        ("f(function a() {}, class B {})", "f(function(){},class{})"),
    ]);
    // Making it runs code.
    check_kept(&["class A extends b(){}", "class A{static a=b()}"]);
}

#[test]
fn constants_are_copied_where_they_are_set() {
    check(&[
        ("const a = 5; f(a, a)", "f(5,5)"),
        ("f(a); var a = 5; f(a, a)", "f(a);var a=5;f(5,5)"),
        ("{ var a = f(); var b = a } g(b, b)", "var b=f();g(b,b)"),
        (
            "function shared() { const a = 5; return () => a + b }",
            "function shared(){return()=>5+b}",
        ),
        ("function shared(a) { const b = a; return () => b }", "function shared(a){return()=>a}"),
    ]);
    // It is read in a function that earlier code may call, or is not always set.
    check(&[(
        "b(); var a = 5; function b() { return c(a) } f(b, b, a)",
        "b();var a=5;function b(){return c(a)}f(b,b,5)",
    )]);
    check_kept(&["if(a)var b=5;f(b,b)", "var a=b,b=5;f(a,a.c)"]);
    // A variable that is read before it is set is undefined.
    check(&[("var a = b; var b = g(); f(a, b)", "var a=b,b=g();f(a,b)")]);
}

#[test]
fn values_go_where_they_are_read() {
    check(&[
        ("function shared(a) { const b = a.c; return b }", "function shared(a){return a.c}"),
        ("function shared(a) { const b = a.c; if (b) d() }", "function shared(a){a.c&&d()}"),
        (
            "function shared(a, f) { var b = a.c, d = b.e; return f(d) }",
            "function shared(a,f){return f(a.c.e)}",
        ),
        (
            "function shared() { let a; a = f(); return g(a, a) }",
            "function shared(){let a=f();return g(a,a)}",
        ),
        (
            "function shared(a) { a = f(a); return a.b + a }",
            "function shared(a){return(a=f(a)).b+a}",
        ),
        ("function shared() { var a = () => b; return a }", "function shared(){return()=>b}"),
    ]);
    check(&[
        ("f(function () { var a = this; a.b(a.c) })", "f(function(){this.b(this.c)})"),
        // In strict code, `arguments` keeps what was passed.
        (
            "function shared(a) { a = a || {}; a.b = arguments.length }",
            "function shared(a){(a=a||{}).b=arguments.length}",
        ),
    ]);
    // An inner function has a `this` of its own, and a name is shorter than many.
    check_kept(&[
        "f(function(){let a=this;b(function(){a.c()})})",
        "f(function(){let a=this;a.b(a.c,a.d,a.e)})",
    ]);
    let sloppy = "function shared(a){a=a||{},a.b=arguments[0]}";
    assert_eq!(super::compressed(sloppy, 2020, false), sloppy);
    // Something in between may notice: a call, a member, a later value, an object that is passed.
    check_kept(&[
        "function shared(a){let b=a.c;return d()+b}",
        "function shared(a){let b=f();return a.c+b}",
        "function shared(a){let b=a;return a=1,c(),b+a}",
        "function shared(a){let b=a.c;return b()}",
        "function shared(a){let b=f();return c&&b}",
        "function shared(a){for(var b=f();c();)d(b)}",
    ]);
}

#[test]
fn functions_go_where_they_are_read() {
    check(&[
        ("function a() { return b } c.d = a", "c.d=function(){return b}"),
        ("c.d = a; function a() { return b }", "c.d=function(){return b}"),
        ("f(a => a.b, (a => a.b)(c))", "f(a=>a.b,c.b)"),
        ("f((function (a, b) { return a + b })(c, 1))", "f(c+1)"),
        ("(function () {})(); (() => {})()", ""),
    ]);
    // Each iteration would make one; other code sees it; it has an object of its own.
    check_kept(&[
        "function a(){return b}for(;c;)d(a)",
        "function shared(){return b}c.d=shared",
        "f(function(){return this}())",
        "f(((...a)=>a.length)(1,2))",
    ]);
}

#[test]
fn functions_go_into_the_function_that_calls_them() {
    check(&[
        (
            "function a(b) { for (; b;) c(b) } function shared(d) { e(d), d.f && a(d.f) }",
            "function shared(d){e(d),d.f&&function(b){for(;b;)c(b)}(d.f)}",
        ),
        // A name that never changes takes the place of the parameter.
        (
            "function a(b, c) { for (; b;) d(b, c) } function shared(e) { return f(a(e, 1)) }",
            "function shared(e){return f(function(){for(;e;)d(e,1)}())}",
        ),
        // One function after the other, up to the last.
        (
            "const a = b => { for (; b;) c(b) }; function d(e) { if (e) f(a(e)); g(e) } \
             function shared(h, i) { i(d(h.j)) }",
            "function shared(h,i){i(function(e){e&&f((()=>{for(;e;)c(e)})()),g(e)}(h.j))}",
        ),
    ]);
    // It calls itself; two call each other; a loop; two calls; not a call; its own `this`.
    check_kept(&[
        "function a(b){b&&a(b.c),d()}",
        "function a(){b(),c()}function b(){a(),d()}",
        "function a(b){c(b),d()}function shared(e){for(;e();)a(e)}",
        "function a(b){c(b),d()}function shared(e){f(a(e)),g(a(e))}",
        "function a(b){c(b),d()}function shared(e){return f(a)}",
        "let a=()=>{this.b(),c()};function shared(){return d(a())}",
        // All iterations of the loop call the function of the last one.
        "for(let a of b){var c=function(){d(a),e()};f(()=>g(c()))}",
    ]);
    // A sloppy function would be strict in a class.
    let sloppy = "function a(){b(this),c()}function shared(){return class{d(){return e(a())}}}";
    assert_eq!(super::compressed(sloppy, 2022, false), sloppy);
}

#[test]
fn functions_are_unwrapped_where_they_are_called() {
    check(&[
        (
            "function shared(a) { return function (b) { for (; b;) c(b); return d }(a.e) }",
            "function shared(a){for(var b=a.e;b;)c(b);return d}",
        ),
        (
            "function shared(a) { a(), function (b) { for (; b;) c(b) }(a.d) }",
            "function shared(a){a();for(var b=a.d;b;)c(b)}",
        ),
        (
            "function shared() { return (() => { for (; this.a;) b(); return this })() }",
            "function shared(){for(;this.a;)b();return this}",
        ),
    ]);
    // It may return early; its own `this`; a generator; `using`; what runs after it.
    check_kept(&[
        "function shared(a){c(),function(){for(;a;)if(b())return}()}",
        "function shared(a){return function(){for(;this.b;)a();return this}()}",
        "function shared(a){return function*(){for(;a;)yield a}()}",
        "async function*shared(a){return function(){for(;a;)b();return c}()}",
    ]);
}

#[test]
fn members_become_variables() {
    check(&[
        ("f(function () { const a = { b: 1, c: 2 }; return a.b })", "f(function(){return 1})"),
        (
            "f(function () { const a = { b() {} }; return a.b() })",
            "f(function(){return{b(){}}.b()})",
        ),
    ]);
}
