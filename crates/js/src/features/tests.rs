//! Snippets and the constructs that the walk finds in them.

use bundle_base::config::Target;
use swc_common::Span;

use super::*;
use crate::{browsers::browsers, messages::Having};

/// Returns the constructs of a text that ES5 lacks, in the order of their editions.
fn found(text: &str) -> Vec<Feature> {
    let end = BytePos(ast::BASE.0 + u32::try_from(text.len()).expect("a snippet"));
    let syntax = Syntax::Es(EsSyntax { explicit_resource_management: true, ..EsSyntax::default() });
    let lexer = Lexer::new(syntax, EsVersion::EsNext, StringInput::new(text, ast::BASE, end), None);
    let program = Parser::new_from(lexer).parse_program().expect("a snippet parses");
    let support = Support::of(&Target::ES5);
    let is_strict = matches!(program, Program::Module(_)) || is_strict(&program);
    let scan = scan(&program, is_strict, support);
    scan.exceeding(support).map(|(feature, _): (Feature, Span)| feature).collect()
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
        ("(function a([a]) {})", &[Destructuring, OwnNameInPattern]),
        ("(function a(a) {})", &[]),
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
        ("'use strict'; ({ '\\uDF06': 1, '\\uD834': 2 })", &[]),
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

#[test]
fn only_browsers_that_lack_a_construct_are_named() {
    let of = |query: &str| Target::Browsers(browsers(query).expect("a query"));
    let queries = [
        "defaults",
        "last 2 versions",
        "> 0.2%",
        "chrome >= 49",
        "last 2 chrome versions, safari 15",
        "chrome 150, firefox 140, ie 11, op_mini all",
        "ios_saf >= 10, and_chr > 0, op_mob 12, op_mob 80",
        "electron 1.4, kaios 2.5",
        "baseline 2023",
    ];
    for query in queries {
        let target = of(query);
        for feature in Feature::ALL.iter().copied() {
            if Support::of(&target).has(feature) {
                continue;
            }
            let lacking = lacking(feature, &target);
            assert!(!lacking.contains("op_mini") && !lacking.contains('\u{2026}'), "{lacking}");
            for named in lacking.replace(" and ", ", ").split(", ") {
                let version = named.split(" to ").last().unwrap_or_default();
                let version = version.split(' ').next_back().unwrap_or_default();
                let family = named.split(' ').next().unwrap_or_default();
                let one = Target::Browsers(vec![(family.to_owned(), version.to_owned())]);
                let is_more = named.ends_with(" more");
                assert!(is_more || !Support::of(&one).has(feature), "{query}: {named}");
            }
            let accepted = match having(feature, &target) {
                Some(Having::Target(accepted)) => accepted,
                Some(Having::Without(queries)) => format!("{query}, {queries}"),
                None => panic!("{query}: no browser has {}", feature.name()),
            };
            let left = browsers(&accepted).unwrap_or_else(|why| panic!("{accepted}: {why}"));
            let is_accepted = left.is_empty() || Support::of(&Target::Browsers(left)).has(feature);
            assert!(is_accepted, "{}: {accepted}", feature.name());
        }
    }
}

#[test]
fn what_is_lacking_in_words() {
    let target = |query: &str| Target::Browsers(browsers(query).expect("a query"));
    let look_behind = |query: &str| {
        let target = target(query);
        (lacking(Feature::LookBehind, &target), having(Feature::LookBehind, &target))
    };
    let two = look_behind("chrome 150, safari 15");
    let expected = Having::Target("chrome >= 150, safari >= 16.4".to_owned());
    assert_eq!(two, ("safari 15".to_owned(), Some(expected)));
    let many = look_behind("last 1 version, safari 15, not ie_mob > 0");
    let expected = Having::Without("not ie <= 11, not safari < 16.4".to_owned());
    assert_eq!(many, ("ie 11 and safari 15".to_owned(), Some(expected)));
    let edition = [("es", "2020"), ("chrome", "87")];
    let edition = edition.map(|(name, version)| (name.to_owned(), version.to_owned()));
    assert_eq!(lacking(Feature::ClassField, &Target::Browsers(edition.into())), "es2020");
}
