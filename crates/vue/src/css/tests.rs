//! Names of stylesheets, renamed.

use super::*;

#[test]
fn a_selector_has_pieces() {
    let shown = |css: &str| {
        let pieces = selector::parse(css, 0..css.len());
        pieces.iter().map(|piece| css[piece.range.clone()].to_owned()).collect::<Vec<_>>().join("·")
    };
    assert_eq!(shown("a.b#c[d=\"e]\"]::f"), "a·.b·#c·[d=\"e]\"]·::f");
    assert_eq!(shown("a > b   c~d"), "a· > ·b·   ·c·~·d");
    assert_eq!(shown(".a >>> .b"), ".a· >>> ·.b");
    assert_eq!(shown(".a /deep/ b"), ".a· /deep/ ·b");
    assert_eq!(shown(":not(.a, .b):hover"), ":not(.a, .b)·:hover");
    assert_eq!(shown("*|a.\\31 x"), "*·|a·.\\31· ·x");
}

#[test]
fn names_become_the_files_own() {
    let css = ".a .b:not(.a, #c) > d:global(.e .f):local(.g){animation:k}@keyframes k{from{}}@media x{.a{}}";
    let (out, names) = modules::own_names(&crate::code::Code::copied(css, 0), "1");
    let expected = ".a_1 .b_1:not(.a_1, #c_1) > d.e .f.g_1{animation:k_1}@keyframes k_1{from{}}@media x{.a_1{}}";
    assert_eq!(out.text(), expected);
    let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c", "g", "k"]);
}
