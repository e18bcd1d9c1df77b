//! Snippets and the constructs that the walk finds in them.

use bundle_base::config::Target;
use swc_common::Span;

use super::*;

/// Returns the constructs of a text that ES5 lacks, in the order of their editions.
fn found(text: &str) -> Vec<Feature> {
    let end = BytePos(ast::BASE.0 + u32::try_from(text.len()).expect("a snippet"));
    let syntax = Syntax::Es(EsSyntax { explicit_resource_management: true, ..EsSyntax::default() });
    let lexer = Lexer::new(syntax, EsVersion::EsNext, StringInput::new(text, ast::BASE, end), None);
    let program = Parser::new_from(lexer).parse_program().expect("a snippet parses");
    let support = Support::of(&Target::ES5);
    let is_strict = matches!(program, Program::Module(_)) || is_strict(&program);
    let scan = scan(&program, is_strict, &support);
    scan.exceeding(&support).map(|(feature, _): (Feature, Span)| feature).collect()
}

#[test]
fn every_construct_is_found() {
    use Feature::*;
    let cases: &[(&str, &[Feature])] = &[
        ("a => b", &[ArrowFunction]),
        ("(class {})", &[Class]),
        ("`a`", &[TemplateLiteral]),
        ("let a", &[BlockScoping]),
        ("var [a] = b", &[Destructuring]),
        ("[a] = b", &[Destructuring]),
        ("({ a } = b)", &[Destructuring]),
        ("for ([a] in b);", &[Destructuring]),
        ("(function (a = 1) {})", &[Parameters]),
        ("(function (...a) {})", &[Parameters]),
        ("f(...a)", &[Spread]),
        ("new F(...a)", &[Spread]),
        ("[...a]", &[Spread]),
        ("for (a of b);", &[ForOf]),
        ("(function* () {})", &[Generator]),
        ("({ [a]: 1 })", &[ComputedKey]),
        ("({ a })", &[Shorthand]),
        ("({ a() {} })", &[Shorthand]),
        ("({ a() { super.b } })", &[Shorthand, ObjectSuper]),
        ("(function () { new.target })", &[NewTarget]),
        ("'use strict'; ({ a: 1, a: 2 })", &[DuplicateKey]),
        ("'use strict'; { function f() {} }", &[BlockFunction]),
        ("'use strict'; switch (a) { case 1: function f() {} }", &[BlockFunction]),
        ("0b1", &[RadixLiteral]),
        ("0O7", &[RadixLiteral]),
        ("'\\u{61}'", &[CodePointEscape]),
        ("var \u{20BB7}", &[AstralName]),
        ("/a/y", &[StickyRegex]),
        ("/a/u", &[UnicodeRegex]),
        ("a ** b", &[Exponent]),
        ("a **= b", &[Exponent]),
        ("(async function () {})", &[AsyncFunction]),
        ("({ ...a })", &[ObjectRestSpread]),
        ("var { ...a } = b", &[Destructuring, ObjectRestSpread]),
        ("(async function* () {})", &[AsyncGenerator]),
        ("/./s", &[DotAllRegex]),
        ("/(?<a>b)/", &[NamedGroups]),
        ("/(?<=a)b/", &[LookBehind]),
        ("/(?<!a)b/", &[LookBehind]),
        ("/\\p{L}/u", &[UnicodeRegex, UnicodeProperty]),
        ("try {} catch {}", &[OptionalCatchBinding]),
        ("'\u{2028}'", &[LineSeparatorInString]),
        ("a ?? b", &[Nullish]),
        ("a?.b", &[OptionalChain]),
        ("10n", &[BigInt]),
        ("import('a')", &[DynamicImport]),
        ("import.meta", &[ImportMeta]),
        ("a ||= b", &[LogicalAssignment]),
        ("1_0", &[NumericSeparator]),
        ("(class { a = 1 })", &[Class, ClassField]),
        ("(class { #a() {} })", &[Class, PrivateMember]),
        ("(class { static {} })", &[Class, StaticBlock]),
        ("(class { #a; b(c) { #a in c } })", &[Class, ClassField, PrivateMember, PrivateIn]),
        ("/a/d", &[RegexIndices]),
        ("await a", &[TopLevelAwait]),
        ("/[a--b]/v", &[UnicodeSets]),
        ("/(?i:a)/", &[RegexModifiers]),
        ("/(?<a>b)|(?<a>c)/", &[NamedGroups, DuplicateGroups]),
        ("{ using a = b }", &[Using]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn es5_is_left_alone() {
    for text in [
        "var a = { get b() { return 1 }, set b(c) {}, if: 1, 'x': 2 }; a.class;",
        "{ function f() {} }",
        "({ a: 1, a: 2 })",
        "'use strict'; function g() { function h() {} }",
        "'use strict'; ({ get a() {}, set a(b) {} })",
        "/[(?<a>]\\/(?:a)(?=b)(?!c)/gim",
        "'\\\\u{61}'; '\\u2028\\x41'; 0xFF; 1e3; var \u{e9};",
        "label: for (var i in o) continue label;",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn targets() {
    let browsers = |list: &[(&str, &str)]| {
        let list = list.iter().map(|(name, version)| ((*name).to_owned(), (*version).to_owned()));
        Support::of(&Target::Browsers(list.collect()))
    };
    assert!(Support::of(&Target::ESNEXT).is_everything());
    assert!(!Support::of(&Target::ES5).has(Feature::ArrowFunction));
    assert!(Support::of(&Target::Ecma(2017)).has(Feature::AsyncFunction));
    assert!(!Support::of(&Target::Ecma(2017)).has(Feature::ObjectRestSpread));
    assert!(!browsers(&[("ie", "11"), ("chrome", "120")]).has(Feature::ArrowFunction));
    assert!(browsers(&[("chrome", "120")]).has(Feature::OptionalChain));
    assert!(!browsers(&[("ios_saf", "13.0-13.1")]).has(Feature::OptionalChain));
    assert!(browsers(&[("ios_saf", "13.4-13.7")]).has(Feature::OptionalChain));
    assert!(!browsers(&[("safari", "16.3")]).has(Feature::LookBehind));
    assert!(browsers(&[("safari", "TP")]).has(Feature::LookBehind));
    assert!(browsers(&[("op_mini", "all"), ("chrome", "120")]).has(Feature::ArrowFunction));
    assert!(!browsers(&[("ie", "9")]).has(Feature::BigInt));
}
