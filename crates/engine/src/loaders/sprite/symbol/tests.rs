//! SVG files as symbols.

use super::*;

fn made(svg: &str) -> String {
    match symbol(&Source::new("/a.svg", "a.svg", svg), "i") {
        Ok(symbol) => symbol.markup,
        Err(wrong) => {
            let at = wrong.primary.as_ref().map_or(0, |label| label.span.start);
            format!("{at}: {}", wrong.message)
        }
    }
}

#[test]
fn looks_stay_and_size_goes() {
    for (svg, expected) in [
        (
            "<?xml version=\"1.0\"?>\n<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<svg xmlns=\"x\" \
             width='24px' height=\"24\" fill=\"none\" stroke='currentColor'>\n  <path d=\"M0 \
             0\"/>\n  <!-- <g> -->\n</svg>\n",
            "<symbol id=\"i\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\"><path \
             d=\"M0 0\"/></symbol>",
        ),
        (
            "<svg viewBox=\"0 0 1 1\" width=\"9\"/>",
            "<symbol id=\"i\" viewBox=\"0 0 1 1\"></symbol>",
        ),
        (
            "<svg viewBox=\"0 0 1 1\" class=\"icon\"/>",
            "<symbol id=\"i\" viewBox=\"0 0 1 1\" class=\"icon\"></symbol>",
        ),
        (
            "<svg width=\"100%\"><text> a  b </text></svg>",
            "<symbol id=\"i\"><text> a  b </text></symbol>",
        ),
    ] {
        assert_eq!(made(svg), expected);
    }
}

#[test]
fn ids_and_classes_are_the_symbols_own() {
    let svg = "<svg viewBox=\"0 0 1 1\"><style>.a{fill:url(#g)}.b \
               .a{top:0}</style><defs><linearGradient id=\"g\"/></defs><use xlink:href=\"#g\" \
               class=\"a c\" fill=\"url(#g)\" stroke=\"#ggg\"/></svg>";
    let expected = "<symbol id=\"i\" viewBox=\"0 0 1 1\"><style>.i-a{fill:url(#i-g)}.b \
                    .i-a{top:0}</style><defs><linearGradient id=\"i-g\"/></defs><use \
                    xlink:href=\"#i-g\" class=\"i-a c\" fill=\"url(#i-g)\" \
                    stroke=\"#ggg\"/></symbol>";
    assert_eq!(made(svg), expected);
}

#[test]
fn what_is_no_drawing_is_reported() {
    for (svg, at) in [
        ("", 0),
        ("GIF89a", 0),
        ("<html></html>", 0),
        ("<svg><g></svg>", 5),
        ("<svg></svg></g>", 11),
        ("<svg><g>", 5),
        ("<svg><a b></a></svg>", 8),
        ("<svg><a b=1></a></svg>", 8),
        ("<svg a=\"b", 7),
        ("<svg><!-- ", 5),
        ("<svg>a < b</svg>", 7),
        ("<svg ", 0),
    ] {
        assert!(made(svg).starts_with(&format!("{at}: ")), "{svg}: {}", made(svg));
    }
}
