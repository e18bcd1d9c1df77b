//! Events in a short form, compared with the results of Vue's tokenizer.

use super::*;
use crate::mapped_code::MappedCode;

/// Prints events in a short form: `+p(a=1)` starts, `+br/` is unary, `-p` ends, `"text"`,
/// `!comment!`, `?p` is unclosed.
fn picture(text: &str, tags: Tags) -> String {
    let picture = |event: Event<'_>| match event {
        Event::Start(tag) => {
            let attribute = |a: &Attribute<'_>| match &a.value {
                Some(value) => format!("{}={}", a.name, &text[value.clone()]),
                None => a.name.to_owned(),
            };
            let attributes: Vec<_> = tag.attributes.iter().map(attribute).collect();
            let attributes = if attributes.is_empty() {
                String::new()
            } else {
                format!("({})", attributes.join("|"))
            };
            format!("+{}{attributes}{}", tag.name, if tag.is_unary { "/" } else { "" })
        }
        Event::End { tag, .. } => format!("-{tag}"),
        Event::Text(range) => format!("{:?}", &text[range]),
        Event::Comment { content, .. } => format!("!{}!", &text[content]),
        Event::Unclosed { tag, .. } => format!("?{tag}"),
        Event::Stray { tag, .. } => format!("stray {tag}"),
        Event::Malformed(range) => format!("malformed {}", &text[range]),
    };
    tokenize(text, tags).into_iter().map(picture).collect::<Vec<_>>().join(" ")
}

fn html(text: &str) -> String {
    picture(text, Tags::Html)
}

#[test]
fn tags_and_texts() {
    let cases = [
        ("<p>a<b>c</b></p>", r#"+p "a" +b "c" -b -p"#),
        ("<a/><br><MyTag />", "+a/ +br/ +MyTag/"),
        ("<svg:rect/><größe.x-1_/><a:b:c/>", "+svg:rect/ +größe.x-1_/ +a:b(:c)/"),
        ("<p>a < b</p>", r#"+p "a < b" -p"#),
        ("<p>1 <2</p>", r#"+p "1 <2" -p"#),
        ("<B></b >", "+B -B"),
        ("<div></x></div>", "+div stray x -div"),
        ("<div><p></div>", "+div +p ?p -p -div"),
        ("<div><b>", "+div +b ?b -b ?div -div"),
        ("</p></br>", "+p -p +br/"),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn tags_that_html_leaves_open() {
    let cases = [
        ("<ul><li>a<li>b</ul>", r#"+ul +li "a" ?li? +li "b" ?li -li -ul"#),
        ("<p>a<div>b</div></p>", r#"+p "a" -p +div "b" -div +p -p"#),
        ("<p>a<p>b", r#"+p "a" -p +p "b" ?p -p"#),
        ("<p>a<span>b</span></p>", r#"+p "a" +span "b" -span -p"#),
        ("<option>a<option>b</option></option>", r#"+option "a" +option "b" -option -option"#),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected.replace("?li?", "-li"), "{text}");
    }
    assert_eq!(picture("<p><div><br></br></div></p>", Tags::AsWritten), "+p +div +br -br -div -p");
}

#[test]
fn attributes() {
    let cases = [
        (r#"<a b="1" c='2' d=3 e f = "4"/>"#, "+a(b=1|c=2|d=3|e|f=4)/"),
        (r#"<a b="1""" c='2'' d/>"#, "+a(b=1|c=2|d)/"),
        ("<a @click.stop :b #c .d v-e:f.g/>", "+a(@click.stop|:b|#c|.d|v-e:f.g)/"),
        (r#"<a :[b+c].d="1" @[e] v-f:[g] #[h]/>"#, "+a(:[b+c].d=1|@[e]|v-f:[g]|#[h])/"),
        (r#"<a :[b, "c"]="1"/>"#, r#"+a(:[b, "c"]=1)/"#),
        ("<a :[b c='d']></a>", "+a(:[b|c=d|]) -a"),
        ("<a :[]/>", "+a(:[])/"),
        ("<a v-:[b c]/>", "+a(v-:[b|c])/"),
        ("<a b=c/>", "+a(b=c/) ?a -a"),
        ("<a b\u{a0}c/>", "+a(b|c)/"),
        ("<a b=\"x\nü\"/>", "+a(b=x\nü)/"),
        ("<a b=\"\" c=>", r#""=>""#),
        ("<p><a \"b<i/></p>", r#"+p " \"b" +i/ -p"#),
        ("<p><a / b></p>", r#"+p " / b>" -p"#),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_element() {
    let cases = [
        ("<p><!-- a < <b> --></p>", "+p ! a < <b> ! -p"),
        ("<p><!--></p>-->", "+p !--! -p \"-->\""),
        ("<p><!---></p>", "+p !-! -p"),
        ("<!doctype html><p></p>", "+p -p"),
        ("<p><![if IE]>a<![endif]></p>", r#"+p "a" -p"#),
        ("<p>a<!-- b</p>", r#"+p "a" "<!-- b</p>" ?p -p"#),
        ("<p></p>a < b", r#"+p -p "a " "< b" malformed < b"#),
        ("<", r#""<" malformed <"#),
        ("<div", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn raw_texts_and_first_line_breaks() {
    let cases = [
        ("<script>a<b></b></SCRIPT ><p/>", r#"+script "a<b></b>" -script +p/"#),
        ("<style>a</b></styles>", r#"+style "a</b>" -style"#),
        ("<textarea>\n\n\na</textarea>", r#"+textarea "\na" -textarea"#),
        ("<pre>\n\na</pre>", r#"+pre "\na" -pre"#),
        ("<div>\na</div>", r#"+div "\na" -div"#),
        ("<script></script>", "+script -script"),
        ("<p><script>a", r#"+p +script -script "a" ?p -p"#),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn spans_are_those_of_the_text() {
    let text = "<p  a = \"1\" >b</p><!--c-->";
    let events = tokenize(text, Tags::Html);
    let Event::Start(tag) = &events[0] else { panic!("{events:?}") };
    assert_eq!(
        (&text[tag.span.clone()], &text[tag.attributes[0].span.clone()]),
        ("<p  a = \"1\" >", "a = \"1\"")
    );
    assert_eq!(events[2], Event::End { tag: "p", span: 14..18 });
    assert_eq!(events[3], Event::Comment { content: 22..23, span: 18..26 });
}

#[test]
fn references_are_decoded() {
    let text = |raw: &str| decode_text(MappedCode::copied(raw, 0)).text().to_owned();
    let cases = [
        ("a &amp; b &lt;", "a & b <"),
        ("&nbsp;&copy&copyx&notit;&notin;", "\u{a0}©©x¬it;∉"),
        ("&#65;&#x42;&#X43;&#68 &#;&#x;", "ABCD &#;&#x;"),
        ("&#128;&#0;&#xd800;&#99999999999;", "€\u{fffd}\u{fffd}\u{fffd}"),
        ("&unknown; && &ampamp; &", "&unknown; && &amp; &"),
        ("&CounterClockwiseContourIntegral;&ngE;", "∳≧̸"),
    ];
    for (raw, expected) in cases {
        assert_eq!(text(raw), expected, "{raw}");
    }
    let attribute = |raw: &str| decode_attribute(MappedCode::copied(raw, 0)).text().to_owned();
    assert_eq!(
        attribute("&lt;&gt;&quot;&amp;&#39;&nbsp;&#10;&amp;lt;&lt"),
        "<>\"&'&nbsp;&#10;&lt;&lt"
    );
    let decoded = decode_text(MappedCode::copied("a &lt; b", 10));
    assert_eq!((decoded.text(), decoded.origin(2), decoded.origin(4)), ("a < b", 12, 17));
}

#[test]
fn long_input_ends() {
    let repeated = [
        "<a :[b ",
        "<a b=\"",
        "</a",
        "<a<!doctype ",
        "<![",
        "<!--",
        "<a>",
        "<a></b>",
        "<p>",
        "&",
        "<",
        "<script></s",
        "a<b ",
    ];
    for piece in repeated {
        let text = piece.repeat(200_000);
        tokenize(&text, Tags::Html);
        decode_text(MappedCode::copied(&text, 0));
    }
}
