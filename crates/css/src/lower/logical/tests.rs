//! Logical properties after lowering, as text.

use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, StyleSheet},
    targets::{Features, Targets},
};

use super::{super::parse::options, *};

fn lowered(css: &str, browser: &str, version: &str, direction: Direction) -> String {
    let target = Target::Browsers(vec![(browser.to_owned(), version.to_owned())]);
    let exclude = Features::LogicalProperties;
    let targets = Targets { exclude, ..targets::of(&target) };
    let mut parsed = StyleSheet::parse(css, options(None)).expect("it is CSS");
    parsed.minify(MinifyOptions { targets, ..MinifyOptions::default() }).expect("it is minified");
    lower(&mut parsed.rules, &target, direction);
    let options = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    parsed.to_css(options).expect("it is printed").code
}

#[track_caller]
fn is_lowered(css: &str, expected: &str) {
    assert_eq!(lowered(css, "chrome", "60", Direction::LeftToRight), expected);
}

#[test]
fn what_the_direction_does_not_change_becomes_physical() {
    is_lowered(
        "a{margin-block:1px 2px;padding-inline:3px;border-block-start:1px solid red}",
        "a{border-top:1px solid red;margin-top:1px;margin-bottom:2px;\
         padding-left:3px;padding-right:3px}",
    );
    is_lowered("a{inset:0 1px}", "a{top:0;bottom:0;left:1px;right:1px}");
    is_lowered("a{border-block-end-width:var(--x)}", "a{border-bottom-width:var(--x)}");
    let old = lowered("a{inline-size:1px}", "safari", "10", Direction::LeftToRight);
    assert_eq!(old, "a{width:1px}");
}

#[test]
fn sides_that_depend_on_it_have_a_fallback() {
    is_lowered(
        "a{margin-inline-start:4px}",
        "a{margin-inline-start:4px}@supports not (margin-inline-start:0){a{margin-left:4px}}",
    );
    is_lowered(
        "a{padding-inline:1px 2px!important;border-inline-end:0 none;color:red}",
        "a{color:red;border-inline-end:0;\
         padding-inline-start:1px!important;padding-inline-end:2px!important}\
         @supports not (margin-inline-start:0){a{border-right:0;\
         padding-left:1px!important;padding-right:2px!important}}",
    );
    is_lowered(
        "a{border-end-start-radius:1px 2px;inset-inline-start:var(--x)}",
        "a{border-end-start-radius:1px 2px;inset-inline-start:var(--x)}\
         @supports not (inset-inline-start:0){a{left:var(--x)}}\
         @supports not (border-start-start-radius:0){a{border-bottom-left-radius:1px 2px}}",
    );
    let flipped = lowered("a{margin-inline-end:4px}", "chrome", "60", Direction::RightToLeft);
    assert_eq!(
        flipped,
        "a{margin-inline-end:4px}@supports not (margin-inline-start:0){a{margin-left:4px}}"
    );
}

#[test]
fn only_what_browsers_lack_is_lowered() {
    let css = "a{margin-inline:1px 2px;inset-inline-end:0;padding-block:1px}";
    let lowered = |version| lowered(css, "chrome", version, Direction::LeftToRight);
    assert_eq!(
        lowered("80"),
        "a{margin-inline-start:1px;margin-inline-end:2px;\
         padding-block-start:1px;padding-block-end:1px;inset-inline-end:0}@supports not (inset-inline-start:0){a{right:0}}"
    );
    assert_eq!(lowered("87"), "a{margin-inline:1px 2px;padding-block:1px;inset-inline-end:0}");
}

#[test]
fn overrides_and_fallbacks_of_the_author_stay() {
    is_lowered(
        "a{margin-left:1px;margin-inline-start:1px}",
        "a{margin-left:1px;margin-inline-start:1px}",
    );
    is_lowered(
        "a{margin:0;margin-inline-start:1px}",
        "a{margin:0;margin-inline-start:1px}\
         @supports not (margin-inline-start:0){a{margin-left:1px}}",
    );
    is_lowered("a{margin-inline-start:1px;margin:0}", "a{margin-inline-start:1px;margin:0}");
    is_lowered(
        "a{border-inline-end-color:red;border-color:blue}",
        "a{border-inline-end-color:red;border-color:#00f}",
    );
}

#[test]
fn what_a_shorthand_sets_is_no_fallback_of_the_author() {
    is_lowered(
        "a{inset:0;inset-inline-start:5px}",
        "a{top:0;bottom:0;left:0;right:0;inset-inline-start:5px}\
         @supports not (inset-inline-start:0){a{left:5px}}",
    );
}

#[test]
fn later_declarations_change_parts_of_a_fallback() {
    is_lowered(
        "a{border-inline-start:1px solid red;border-color:#00f}",
        "a{border-inline-start:1px solid red;border-color:#00f}\
         @supports not (margin-inline-start:0){a{border-left:1px solid red;border-color:#00f}}",
    );
}

#[test]
fn variables_and_keywords_are_lowered() {
    is_lowered("a{border-block-start:var(--b)}", "a{border-top:var(--b)}");
    is_lowered("a{margin-inline:inherit}", "a{margin-left:inherit;margin-right:inherit}");
    is_lowered(
        "a{border-start-end-radius:var(--r)}",
        "a{border-start-end-radius:var(--r)}\
         @supports not (border-start-start-radius:0){a{border-top-right-radius:var(--r)}}",
    );
}

#[test]
fn transitions_name_the_physical_properties_too() {
    is_lowered(
        "a{transition:inset-block-start 1s,color 2s}",
        "a{transition:inset-block-start 1s,top 1s,color 2s}",
    );
    is_lowered(
        "a{transition-property:margin-inline-start}",
        "a{transition-property:margin-inline-start,margin-left}",
    );
}

#[test]
fn nested_rules_come_after_the_fallback() {
    is_lowered(
        "@media print{a{left:0;margin-inline-start:1px;&:hover{margin-left:0}}}",
        "@media print{a{margin-inline-start:1px;left:0}\
         @supports not (margin-inline-start:0){a{margin-left:1px}}a:hover{margin-left:0}}",
    );
}
