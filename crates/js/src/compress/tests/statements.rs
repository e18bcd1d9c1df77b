//! Lists of statements, loops, `switch` and `try`. A jump is in a function or loop.

use super::{check, check_kept};

#[test]
fn neighbours_are_joined() {
    check(&[
        ("a(); b(); if (c) d()", "a(),b(),c&&d()"),
        ("a(); for (;;) b()", "for(a();;)b()"),
        ("var a = f(); var b = g(); h(a, b, a, b)", "var a=f(),b=g();h(a,b,a,b)"),
        ("var i = 0; for (; i < a; i++) b(i)", "for(var i=0;i<a;i++)b(i)"),
        ("a(); for (const b in c) d(b)", "a();for(let b in c)d(b)"),
        ("a(); switch (b) { case 1: c() }", "switch(a(),b){case 1:c()}"),
        ("a(); throw b", "throw a(),b"),
        // Functions are hoisted above both declarations.
        (
            "var a = f(); function shared() {} var b = g(a); h(a, b, b)",
            "var a=f(),b=g(a);function shared(){}h(a,b,b)",
        ),
        ("f(a => { a = g(a); var b = a.c; h(b, b, a) })", "f(a=>{var b=(a=g(a)).c;h(b,b,a)})"),
    ]);
}

#[test]
fn conditions_become_expressions() {
    check(&[
        ("if (a) b(); else c()", "a?b():c()"),
        ("if (a) { b(); c() }", "a&&(b(),c())"),
        ("if (a) { if (b) c() }", "a&&b&&c()"),
        ("if (a) {} else b()", "a||b()"),
        ("if (true) a(); else b()", "a()"),
        ("if (false) { var a = 1 } f(a)", "var a;f(a)"),
        ("f(() => { if (a) return b; return c })", "f(()=>a?b:c)"),
        ("f(() => { if (a) return b; else return })", "f(()=>a?b:void 0)"),
        ("f(() => { if (a) return; b(); c() })", "f(()=>{a||(b(),c())})"),
        ("f(() => { if (a) return 1; if (b) return 1; c() })", "f(()=>{if(a||b)return 1;c()})"),
        ("if (a) throw b; throw c", "throw a?b:c"),
        (
            "f(() => { if (a) return b; if (c) return d; if (e) return g })",
            "f(()=>a?b:c?d:e?g:void 0)",
        ),
    ]);
}

#[test]
fn dead_code_is_dropped_and_its_names_stay() {
    check(&[
        ("f(() => { return 1; a() })", "f(()=>1)"),
        ("f(() => { return a; var a = 1 })", "f(()=>{return a;var a})"),
        (
            "f(() => { return a(); function a() { return a } })",
            "f(()=>{return a();function a(){return a}})",
        ),
        ("for (;;) { a(); break; b() }", "for(;;){a();break}"),
    ]);
}

#[test]
fn loops_switches_and_labels() {
    check(&[
        ("while (a) b()", "for(;a;)b()"),
        ("for (;;) { if (a) break; b() }", "for(;!a;)b()"),
        ("while (a) { b(); continue }", "for(;a;)b()"),
        ("while (a) { if (b) continue; c(); d() }", "for(;a;)b||(c(),d())"),
        (
            "while (a) { if (b) continue; if (!c) continue; for (;d;) e() }",
            "for(;a;)if(!b&&c)for(;d;)e()",
        ),
        ("switch (a) { case 1: b(); break; default: }", "switch(a){case 1:b()}"),
        ("a: for (;;) b()", "for(;;)b()"),
        ("a: { b(); break a }", "b()"),
        ("try {} catch { a() } finally { b() }", "b()"),
        ("debugger; a()", "a()"),
    ]);
    // The jump goes elsewhere, or skips what declares a name for the code before.
    check_kept(&[
        "a:for(;b;)for(;c;){if(d)continue a;e(),f()}",
        "for(;a;){if(b(()=>c))continue;let c=d();e(c,c)}",
    ]);
    // Without the last case, the default would run.
    check_kept(&["switch(a){default:b();break;case 1:}"]);
}

#[test]
fn variables_of_a_try_are_seen_where_it_fails() {
    check_kept(&[
        "f(()=>{let a;try{a=1,b(),c(a)}catch{d(a)}})",
        "f(()=>{try{var a=g(),b=1;throw a}catch{d(b)}})",
    ]);
}
