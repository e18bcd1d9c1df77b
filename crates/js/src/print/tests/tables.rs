//! Small texts and how they are printed.

use super::{Style, parsed, printed, style};

fn compact(text: &str) -> String {
    let module = parsed(text).unwrap_or_else(|| panic!("{text} is not a program"));
    printed(&module, &style(true)).trim_end_matches(';').to_owned()
}

/// Prints a text on one line.
fn readable(text: &str) -> String {
    let module = parsed(text).unwrap_or_else(|| panic!("{text} is not a program"));
    let text = printed(&module, &style(false));
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(';').to_owned()
}

/// Checks texts that the compact form prints as they are.
fn same(texts: &[&str]) {
    for text in texts {
        assert_eq!(compact(text), text.trim_end_matches(';'));
    }
}

/// Checks texts and their compact kinds.
fn short(table: &[(&str, &str)]) {
    for (text, wanted) in table {
        assert_eq!(compact(text), wanted.trim_end_matches(';'), "{text}");
    }
}

#[test]
fn statements_do_not_begin_as_something_else() {
    same(&[
        "({}).a",
        "({a}=b)",
        "({a}=b),c",
        "[a]=b",
        "(function(){})()",
        "(function(){}).call()",
        "(class{}).a",
        "(class A{})",
        "(async function(){})()",
        "(function(){})`a`",
        "({})[a]?b:c",
        "({})+1",
        "!function(){}()",
        "a=function(){}()",
        "a={}.b",
        "x=>({})",
        "x=>({}).a",
        "x=>({a}=b)",
        "x=>[a]=b",
        "x=>function(){}()",
        "export default(function(){})()",
        "export default(class{}).a",
        "export default(a,b)",
        "export default x=>x",
        "export default{}.a",
        "\"a\";0,\"b\"",
    ]);
    short(&[
        ("(let)[0]", "(let)[0]"),
        ("for ((let)[0];;);", "for((let)[0];;);"),
        ("for ((let) of a);", "for((let)of a);"),
        ("for ((async) of a);", "for((async)of a);"),
        ("for ((async).x of a);", "for(async.x of a);"),
        ("for (async in a);", "for(async in a);"),
        ("(a);('b')", "a;0,\"b\""),
    ]);
}

#[test]
fn the_head_of_a_loop_has_no_in() {
    same(&[
        "for(var a=(b in c);;);",
        "for((a in b);;);",
        "for(var a=x=>(b in c);;);",
        "for(var a=[b in c];;);",
        "for(var a=b?c in d:(e in f);;);",
        "for(var a=f(b in c);;);",
        "for(var a=function(){b in c};;);",
        "for(var a=`${b in c}`;;);",
        "for(var a=1+(b in c);;);",
        "for(;a in b;a in b);",
        "for(a in b,c);",
        "for(a of(b,c));",
        "for(let a of b);",
    ]);
}

#[test]
fn callees_keep_their_parentheses() {
    same(&[
        "new a.b.c",
        "new(import(a))",
        "import(a).b",
        "new(a?.b)",
        "(a?.b).c",
        "(a?.b)()",
        "(a?.b)`c`",
        "a?.b.c",
        "a?.()",
        "a?.[b]()",
        "new(f())`a`",
        "(0,eval)(a)",
        "(0,a.b)()",
        "(x=>x)()",
        "(a,b)()",
        "(a=b)()",
        "(a?b:c)()",
        "(new A).a",
        "new A().a",
        "new A()()",
        "(new A)()",
        "new(new A)",
        "(a+b).c",
        "(-1).a",
        "1..a",
        "1.5.a",
        "1[a]",
        "(()=>{}).a",
    ]);
    short(&[
        ("new (f())()", "new(f())"),
        ("new (f().a)(1)", "new(f()).a(1)"),
        ("new (a.b().c)", "new(a.b()).c"),
    ]);
}

#[test]
fn what_is_assigned_does_not_begin_with_function() {
    same(&[
        "a,(function(){b=1}).c=d;",
        "a,(function(){b=1})()[c]=!0;",
        "a,new(function(){b=1})().c=d;",
        "a,(function(){b=1}).c++,--(function(){b=1}).c;",
        "a,function(){b=1}.call(c);",
    ]);
}

#[test]
fn operators_bind_as_written() {
    same(&[
        "(-1)**2",
        "a**-b",
        "(a**b)**c",
        "a**b**c",
        "a-(b-c)",
        "a-b-c",
        "a*(b+c)",
        "a*b+c",
        "(a??b)||c",
        "a??(b&&c)",
        "a??b??c",
        "a||b&&c",
        "(a||b)&&c",
        "- -a",
        "+ +a",
        "- --a",
        "+ ++a",
        "-+a",
        "a- -b",
        "a+ ++b",
        "a- --b",
        "a+++b",
        "a-- >b",
        "a< !--b",
        "a/ /b/",
        "typeof(a,b)",
        "typeof-a",
        "!(a&&b)",
        "(a,b)?c:d",
        "a?(b,c):(d,e)",
        "(a?b:c)?d:e",
        "a?b:c?d:e",
        "a=b?c:d",
        "(a=b)?c:d",
        "a=(b,c)",
        "f((a,b))",
        "f(...(a,b))",
        "[(a,b)]",
        "x=>(a,b)",
        "(x=>x)||a",
        "a||(x=>x)",
        "a in b",
        "a instanceof b",
        "\"a\"in b",
        "/a/ in b",
        "(x=>x)?a:b",
        "async x=>await x",
        "async()=>(await x)**2",
        "async=>async",
        "class A{#a;b(c){return#a in c}}",
        "class A extends(a,b){}",
        "class A extends(x=>x){}",
        "class A extends B.c{}",
        "class A extends f(){}",
        "function*a(){(yield b)+c;f(yield a);yield*a;yield}",
        "delete(a?.b).c",
        "void 0",
    ]);
    short(&[("function* a() { yield (b, c) }", "function*a(){yield(b,c)}")]);
}

#[test]
fn sequences_lose_what_nobody_uses() {
    short(&[
        ("(1, 2, a)", "1,a"),
        ("((a, b), c), d", "a,b,c,d"),
        ("a, 1, b", "a,b"),
        ("(void a, b)", "a,b"),
        ("(void 0, b)", "0,b"),
        ("(a, void b)", "a,void b"),
        ("(0, a.b)()", "(0,a.b)()"),
        ("(function () {} + 1), 1", "(function(){})+1,1"),
        ("x = (1, (2, a), b)", "x=(a,b)"),
    ]);
}

#[test]
fn statements_keep_their_ends() {
    same(&[
        "if(a){if(b)c}else d",
        "if(a){for(;;)if(b)c}else d",
        "if(a)b;else c",
        "if(a)b;else if(c)d;else e",
        "do a;while(b)",
        "do{a}while(b)c",
        "while(a);",
        "a:function b(){}",
        "a:for(;;)continue a",
        "switch(a){case 1:b;case-1:default:c}",
        "try{a}catch{b}finally{c}",
        "var{a}=b,[c]=d",
        "let a=1;const b=2",
        "function a(b,...c){}",
        "async function*a(){for await(const b of c);}",
        "class A{static a=1;static{b}get c(){}static async *d(){}[e]=1;\"f\"(){}}",
        "class A{a;*b(){}c;[d](){}}",
        "throw a",
        "import a,{b as c}from\"d\"",
        "import*as a from\"b\"",
        "import\"a\"",
        "export{a as b}",
        "export*from\"a\"",
        "export*as a from\"b\"",
        "@a class B{}",
        "a();@b class C{}",
    ]);
    short(&[("if (a) if (b) c; else d", "if(a)if(b)c;else d"), ("with (a) b", "with(a)b")]);
}

#[test]
fn literals_have_their_short_forms() {
    short(&[
        ("0.5", ".5"),
        ("1000", "1e3"),
        ("12345678", "0xbc614e"),
        ("0xff", "255"),
        ("1_000_001", "1000001"),
        ("1e999", "1/0"),
        ("'a\"b'", "'a\"b'"),
        ("'a'", "\"a\""),
        ("'\\0' + '\\x001'", "\"\\0\"+\"\\x001\""),
        ("'\\u2028\\n'", "\"\\u2028\\n\""),
        ("`\\n\\t${a}\\`\\${`", "`\n\t${a}\\`$\\{`"),
        ("a`\\n`", "a`\\n`"),
        ("10000000000000001n", "0x2386f26fc10001n"),
        ("() => 1 .a", "()=>1..a"),
        ("return_(.5)", "return_(.5)"),
    ]);
}

#[test]
fn the_readable_form_is_laid_out() {
    for (text, wanted) in [
        ("a=[1,,2,,]", "a = [ 1, , 2, , ]"),
        (
            "x={a:1,b(){},get c(){return 1},...d}",
            "x = { a: 1, b () {}, get c () { return 1; }, ...d }",
        ),
        ("x=>x+1", "(x)=>x + 1"),
        ("for(;;){}", "for(;;){}"),
        ("for(const a of b)c", "for (const a of b)c"),
        ("a- -b", "a - -b"),
        ("a?.b?.[c]", "a?.b?.[c]"),
        ("'a'+\"b\"", "'a' + \"b\""),
        ("x=0x10", "x = 0x10"),
        ("if(a)b;else c", "if (a) b; else c"),
        ("class A extends B{a=1;b(){}}", "class A extends B { a = 1; b() {} }"),
        ("x=new A", "x = new A"),
        ("x=new A()", "x = new A()"),
        ("(0.5).a", "0.5.a"),
    ] {
        assert_eq!(readable(text), wanted);
    }
}

#[test]
fn characters_are_escaped_for_the_character_set() {
    let print_in = |text: &str, ascii, is_es5| {
        let module = parsed(text).expect("a program");
        printed(&module, &Style { ascii, is_es5, ..style(true) })
    };
    let print = |text: &str, is_es5| print_in(text, true, is_es5);
    assert_eq!(print("é('ü\u{4e00}\u{1f600}')", false), "\\u00e9(\"\\xfc\\u4E00\\u{1F600}\");");
    assert_eq!(print("a('\u{1f600}')", true), "a(\"\\uD83D\\uDE00\");");
    assert_eq!(print("a={é:1,\u{4e00}:2}", true), "a={\"\\xe9\":1,\\u4E00:2};");
    assert_eq!(print("/é\u{1f600}/", true), "/\\xe9\\ud83d\\ude00/;");
    assert_eq!(print("`é\u{1f600}`", false), "`\\xe9\\u{1F600}`;");
    let all = "a('\\x7fé\\xe9\\xa0\\xad\u{4e00}',`é\\xe9\\xa0`);";
    let wanted = "a(\"\\x7féé\\xa0\\xad\u{4e00}\",`éé\\xa0`);";
    assert_eq!(print_in(all, false, false), wanted);
    assert_eq!(print_in(all, false, true), wanted);
}
