//! SVG files as JSX.

use bundle_base::Source;

use super::*;

fn made(svg: &str) -> String {
    let source = Source::new("/a.svg", "a.svg", svg);
    match Svg::parse(&source) {
        Ok(svg) => jsx(&svg, "SvgA"),
        Err(wrong) => wrong.message,
    }
}

#[test]
fn attributes_are_properties() {
    for (svg, expected) in [
        (
            "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"x\" \
             viewBox='0 0 1 1' class=\"icon\">\n  <!-- a -->\n  <path stroke-width=\"2\" \
             fill-rule='evenodd' data-a-b=\"1\" aria-label=\"&quot;\" onclick=\"x\"/>\n</svg>\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\" className=\"icon\" \
             {...props}><path strokeWidth=\"2\" fillRule=\"evenodd\" data-a-b=\"1\" \
             aria-label=\"&quot;\" /></svg>",
        ),
        (
            "<svg><g style=\"stop-color: #fff; -webkit-x: 'a'; -ms-y:1; --z: 2\"/></svg>",
            "<svg {...props}><g style={{ \"stopColor\": \"#fff\", \"WebkitX\": \"'a'\", \
             \"msY\": \"1\", \"--z\": \"2\" }} /></svg>",
        ),
        (
            "<svg:svg><svg:g style=\"font-family:&quot;A;B&quot;;fill:url(data:a;b)\"/></svg:svg>",
            "<svg {...props}><g style={{ \"fontFamily\": \"\\\"A;B\\\"\", \
             \"fill\": \"url(data:a;b)\" }} /></svg>",
        ),
        ("<svg/>", "<svg {...props} />"),
    ] {
        assert_eq!(made(svg), expected);
    }
}

#[test]
fn names_are_the_components_own() {
    assert_eq!(
        made(
            "<svg id=\"root\" fill=\"url(#g)\"><style><![CDATA[.a{fill:url(#g)}]]></style>\
             <linearGradient id=\"g\"/><use class=\"a b\" xlink:href=\"#g\"/></svg>"
        ),
        "<svg id=\"root\" fill=\"url(#SvgA-g)\" {...props}><style>{\".SvgA-a{fill:url(#SvgA-g)}\"}</style>\
         <linearGradient id=\"SvgA-g\" /><use className=\"SvgA-a b\" \
         xlinkHref=\"#SvgA-g\" /></svg>"
    );
}

#[test]
fn what_is_no_drawing_is_left_out() {
    assert_eq!(
        made(
            "<svg><title>A</title><metadata><rdf:RDF><a/></rdf:RDF></metadata>\
             <sodipodi:namedview a=\"b\"/><text>{ a > b } &lt;</text></svg>"
        ),
        "<svg {...props}><text>{\"{ a > b } <\"}</text></svg>"
    );
    assert_eq!(
        made("<svg><?x y?><text>&#x41;<![CDATA[&lt; <b>]]><!-- c --></text></svg>"),
        "<svg {...props}><text>{\"A&lt; <b>\"}</text></svg>"
    );
    assert!(made("<svg/><svg/>").contains("closed before this"));
    assert!(made("<svg><g></svg>").contains("not closed"));
}
