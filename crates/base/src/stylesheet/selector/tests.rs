//! Selectors and the pieces they consist of.

use super::*;

#[test]
fn a_selector_has_pieces() {
    let shown = |css: &str| {
        let pieces = parse(css, 0..css.len());
        pieces.iter().map(|piece| css[piece.range.clone()].to_owned()).collect::<Vec<_>>().join("·")
    };
    assert_eq!(shown("a.b#c[d=\"e]\"]::f"), "a·.b·#c·[d=\"e]\"]·::f");
    assert_eq!(shown("a > b   c~d"), "a· > ·b·   ·c·~·d");
    assert_eq!(shown(".a >>> .b"), ".a· >>> ·.b");
    assert_eq!(shown(".a /deep/ b"), ".a· /deep/ ·b");
    assert_eq!(shown(":not(.a, .b):hover"), ":not(.a, .b)·:hover");
    assert_eq!(shown("*|a.\\31 x .a\\:b .\\31 .c"), "*·|a·.\\31 x· ·.a\\:b· ·.\\31 ·.c");
}
