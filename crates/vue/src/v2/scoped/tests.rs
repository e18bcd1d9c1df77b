//! Selectors as Vue scopes them.

use bundle_base::mapped_text::TextOrigins;

use super::*;

fn shown(css: &str) -> String {
    let out = scoped(&MappedText::new(css.to_owned(), TextOrigins::default()), "data-v-1");
    out.text().replace("[data-v-1]", "@")
}

#[test]
fn selectors_ask_for_the_id_where_vue_puts_it() {
    for (css, expected) in [
        ("a{b:c}", "a@{b:c}"),
        ("a, b > c , .d e{}", "a@, b > c@ , .d e@{}"),
        ("a:hover::before{}", "a@:hover::before{}"),
        ("a:not(.b) c:nth-child(2n + 1){}", "a:not(.b) c@:nth-child(2n + 1){}"),
        ("::selection{}", "@::selection{}"),
        ("* {}", "*@ {}"),
        ("a[b='c,d']{}", "a[b='c,d']@{}"),
        ("@media print{a b{}}", "@media print{a b@{}}"),
        ("@supports (a:b){@media c{d{}}}", "@supports (a:b){@media c{d@{}}}"),
        ("@font-face{font-family:x}", "@font-face{font-family:x}"),
        (".a >>> .b c{}", ".a@ .b c{}"),
        (".a /deep/ .b{}", ".a@ .b{}"),
        (".a ::v-deep .b{}", ".a@ .b{}"),
        ("::v-deep .b{}", "@ .b{}"),
        (".a ::v-deep(.b c){}", ".a@ .b c{}"),
        (".a:deep(.b){}", ".a@ .b{}"),
        (":deep(.b){}", "@ .b{}"),
        (":global(.b){}", ".b{}"),
        (".a ::v-global(.b .c){}", ".b .c{}"),
        ("/* x */ a /* y */ b{}", "/* x */ a /* y */ b@{}"),
    ] {
        assert_eq!(shown(css), expected, "{css}");
    }
}

#[test]
fn keyframes_get_names_of_their_own() {
    let css = "@keyframes spin{from{a:b}to{a:c}}.x{animation:spin 1s linear, other \
               2s;animation-name:other,spin;-webkit-animation:spin 1s}";
    let expected = "@keyframes spin-1{from{a:b}to{a:c}}.x@{animation:spin-1 1s linear, other \
                    2s;animation-name:other,spin-1;-webkit-animation:spin-1 1s}";
    assert_eq!(shown(css), expected);
    assert_eq!(shown("a{animation:spin 1s}"), "a@{animation:spin 1s}");
}
