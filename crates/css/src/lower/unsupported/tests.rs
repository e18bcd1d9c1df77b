//! Compares the warnings for a stylesheet with the printer's output for it. Both depend on
//! lightningcss: a later version may lower more.

use bundle_base::config::Target;
use lightningcss::{
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions, StyleSheet},
};

use super::{super::targets, *};

/// A browser and its version.
type Browser = (&'static str, u32);

const IE_9: Browser = ie(9);
const IE_11: Browser = ie(11);

const fn ie(version: u32) -> Browser {
    ("ie", version)
}

const fn chrome(version: u32) -> Browser {
    ("chrome", version)
}

fn target((name, version): Browser) -> Target {
    Target::Browsers(vec![(name.to_owned(), version.to_string())])
}

fn oldest(browser: Browser) -> Vec<Oldest> {
    targets::named(&target(browser)).expect("it is known")
}

/// Returns the texts that the warnings for a stylesheet underline.
fn reported(css: &str, browser: Browser) -> Vec<String> {
    let mut log = Diagnostics::new();
    warn(&MappedText::of(&Source::new("/a.css", "a.css", css)), &oldest(browser), &mut log);
    let underlined = |diagnostic: bundle_base::Diagnostic| {
        let label = diagnostic.primary.expect("it has a place");
        label.source.text[label.span.start as usize..label.span.end as usize].to_owned()
    };
    log.take().into_iter().map(underlined).collect()
}

/// Returns the printer's output for a stylesheet.
fn printed(css: &str, browser: Browser) -> String {
    let targets = targets::of(&target(browser));
    let mut stylesheet = StyleSheet::parse(css, ParserOptions::default()).expect("it is CSS");
    stylesheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .expect("it can be minified");
    let options = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    stylesheet.to_css(options).expect("it can be printed").code
}

#[test]
fn what_a_browser_lacks_is_reported_and_still_there_when_printed() {
    for (css, browsers, construct, left) in [
        ("a{color:var(--x)}", IE_11, "var", "var("),
        ("a{color:var(--x,red)}", IE_11, "var", "var("),
        ("a{color:light-dark(red,blue)}", IE_11, "light-dark", "var("),
        ("a{display:grid}", IE_11, "display:grid", "display:grid"),
        ("a{display:inline-flex}", IE_9, "display:inline-flex", "display:inline-flex"),
        ("a{display:flex;gap:1px}", chrome(80), "gap", "gap:1px"),
        ("a{display:grid;gap:1px}", chrome(60), "gap", "gap:1px"),
        ("a{row-gap:1px}", chrome(60), "row-gap", "row-gap:1px"),
        ("a:is(b,c){d:e}", IE_11, ":is", ":is("),
        ("a :is(b c,d){e:f}", chrome(60), ":is", ":is("),
        ("a:where(b){c:d}", chrome(80), ":where", ":where("),
        ("a:has(b){c:d}", chrome(100), ":has", ":has("),
        ("a:not(.b,.c){d:e}", IE_11, ":not", ":not("),
        ("a:focus-visible{b:c}", chrome(80), ":focus-visible", ":focus-visible"),
        ("a:focus-within{b:c}", chrome(50), ":focus-within", ":focus-within"),
        ("a:nth-child(2 of b){c:d}", chrome(80), ":nth-child", " of b"),
        ("a{width:clamp(1px,2vw,3rem)}", chrome(78), "clamp", "max("),
        ("a{width:min(1px,2vw)}", IE_11, "min", "min("),
        ("a{position:sticky}", IE_11, "position:sticky", "position:sticky"),
        ("a{aspect-ratio:1}", chrome(80), "aspect-ratio:1", "aspect-ratio"),
        ("a{object-fit:cover}", IE_11, "object-fit:cover", "object-fit"),
        ("@supports not (a:b){c{d:e}}", IE_11, "@supports not (a:b)", "@supports"),
        ("@layer a{b{c:d}}", chrome(90), "@layer", "@layer"),
        ("@container (width>1px){b{c:d}}", chrome(90), "@container", "@container"),
        ("@property --a{syntax:'*';inherits:false}", chrome(80), "@property", "@property"),
        ("a{width:1cqw}", chrome(90), "cqw", "cqw"),
        ("a{height:100dvh}", chrome(90), "dvh", "dvh"),
        (
            "a{backdrop-filter:blur(1px)}",
            chrome(70),
            "backdrop-filter:blur(1px)",
            "backdrop-filter",
        ),
        ("a{filter:blur(1px)}", IE_11, "filter:blur(1px)", "filter"),
        ("a{mix-blend-mode:multiply}", IE_11, "mix-blend-mode:multiply", "mix-blend-mode"),
        ("a{clip-path:circle(1px)}", IE_11, "clip-path:circle(1px)", "clip-path"),
        (
            "a{scroll-snap-type:x mandatory}",
            chrome(60),
            "scroll-snap-type:x mandatory",
            "scroll-snap-type",
        ),
        ("a{color:color-mix(in srgb,var(--a),red)}", chrome(90), "color-mix", "color-mix("),
        ("a{color:oklch(var(--l) 0 0)}", chrome(90), "oklch", "oklch("),
        ("a{background:linear-gradient(red,blue)}", IE_9, "linear-gradient", "linear-gradient("),
        ("a{background:conic-gradient(red,blue)}", chrome(60), "conic-gradient", "conic-gradient("),
        ("a{margin:1rem}", ie(8), "rem", "1rem"),
        ("a{width:-1vmax}", IE_11, "vmax", "vmax"),
        ("a{width:calc(1px + 2%)}", ie(8), "calc", "calc("),
        ("a{transition:top 1s}", IE_9, "transition:top 1s", "transition"),
        ("a{translate:1px}", chrome(60), "translate:1px", "translate:1px"),
        ("a{opacity:.5}", ie(8), "opacity:.5", "opacity"),
        ("a{color:rgba(0,0,0,.5)}", ie(8), "rgba", "rgba("),
        ("@media (min-width:1px){a{b:c}}", ie(8), "@media", "@media"),
        ("a:last-child{b:c}", ie(8), ":last-child", ":last-child"),
        ("a{margin-inline-start:1px}", IE_11, "margin-inline-start:1px", ":lang("),
        ("a{text-align:start}", IE_11, "text-align:start", ":lang("),
        ("a{display:contents}", chrome(60), "display:contents", "contents"),
        ("a{display:flow-root}", IE_11, "display:flow-root", "flow-root"),
    ] {
        assert_eq!(reported(css, browsers), [construct], "{css}");
        let printed = printed(css, browsers);
        assert!(printed.contains(left), "{css} is printed as {printed}");
    }
}

#[test]
fn what_the_printer_writes_in_older_words_is_not_reported() {
    for (css, browsers, gone) in [
        ("a{&:hover{b:c}}", IE_11, "&"),
        ("a{inset:0}", IE_11, "inset"),
        ("a{place-content:center}", IE_9, "place-content"),
        ("a{overflow:hidden auto}", IE_11, "overflow:"),
        ("a{margin-inline:1px}", IE_11, "inline"),
        ("a{padding-block-start:1px}", IE_11, "block"),
        ("a{width:clamp(1px,2px,3px)}", IE_11, "clamp"),
        ("a{width:min(1px,2px)}", IE_11, "min"),
        ("a{color:oklch(.5 .1 20)}", chrome(60), "oklch"),
        ("a{color:color-mix(in srgb,red,blue)}", IE_11, "color-mix"),
        ("a{transform:none;rotate:1deg}", chrome(60), "rotate:"),
        ("@media (width>1px){a{b:c}}", IE_11, ">"),
    ] {
        assert_eq!(reported(css, browsers), [""; 0], "{css}");
        let printed = printed(css, browsers);
        assert!(!printed.contains(gone), "{css} is printed as {printed}");
    }
    for (css, instead) in [
        ("a:is(b,c){d:e}", ":-webkit-any(b,c)"),
        ("a:not(.b,.c){d:e}", "a:not(:-webkit-any(.b,.c)){"),
    ] {
        assert_eq!(reported(css, chrome(60)), [""; 0], "{css}");
        assert!(printed(css, chrome(60)).contains(instead), "{css}");
    }
}

#[test]
fn the_remedy_of_the_author_ends_it() {
    for css in [
        "a{color:#333;color:var(--x)}",
        "a{background:#333;top:0;background-color:var(--x)}",
        "a{display:-ms-grid;display:grid}",
        "a{color:#333;/* {} */color:var(--x)}",
        "@supports (display:grid){a{display:grid;color:var(--x)} b:has(c){d:e}}",
        "a{-webkit-filter:blur(1px)}",
        "a{filter:none;clip-path:none;transition:none}",
        "a{clip-path:url(#x)}",
    ] {
        assert_eq!(reported(css, IE_11), [""; 0], "{css}");
    }
    assert_eq!(reported("a{grid-gap:1px;gap:1px}", chrome(60)), [""; 0]);
    assert_eq!(
        reported("a{background-color:red;background-image:linear-gradient(red,blue)}", IE_9),
        [""; 0]
    );
    assert_eq!(reported("a{bundle-hack-0:0;opacity:.5}", ie(8)), [""; 0]);
}

#[test]
fn what_makes_up_for_nothing_does_not() {
    assert_eq!(reported("a{color:var(--x);color:#333}", IE_11), ["var"]);
    assert_eq!(reported("a{color:var(--x);color:var(--y)}", IE_11), ["var"]);
    assert_eq!(reported("a{color:#333}b{color:var(--x)}", IE_11), ["var"]);
    assert_eq!(reported("a{color:#333;b{top:0}color:var(--x)}", IE_11), ["var"]);
    assert_eq!(reported("@supports (a:b){c{d:e}} f{color:var(--x)}", IE_11), ["var"]);
}

#[test]
fn who_reads_a_gap_follows_from_the_box() {
    for css in [
        "a{display:grid;gap:1px}",
        "a{columns:2;column-gap:1px}",
        "a{gap:1px;grid-template-columns:1fr}",
        "@media print{.a{gap:1px}} .b,.a{display:grid}",
        "a{display:flex;gap:normal}",
    ] {
        assert_eq!(reported(css, chrome(80)), [""; 0], "{css}");
    }
    assert_eq!(reported("@media print{.a{gap:1px}} .a{display:flex}", chrome(80)), ["gap"]);
}

#[test]
fn names_are_found_where_they_mean_something() {
    for css in [
        "a{content:\"var(--x)\";background:url(var(--x))}",
        "a{/* var(--x) */color:red}",
        "a{--x:var(--y)}",
        "a{color:#1dvh}",
        ".has\\:x,[a=\":has(b)\"],a::is{b:c}",
        "a{grid-area:grid;animation-name:flex}",
    ] {
        assert_eq!(reported(css, IE_11), [""; 0], "{css}");
    }
}

#[test]
fn a_construct_is_reported_once_for_a_file_and_not_for_packages() {
    let css = "a{color:var(--x);top:var(--y)}b{left:var(--z);display:grid}";
    assert_eq!(reported(css, IE_11), ["var", "display:grid"]);
    assert_eq!(reported(css, chrome(60)), [""; 0]);
    let mut log = Diagnostics::new();
    warn(
        &MappedText::of(&Source::new("/p/node_modules/q/a.css", "node_modules/q/a.css", css)),
        &oldest(IE_11),
        &mut log,
    );
    assert!(log.is_empty());
}

#[test]
fn browsers_of_phones_have_their_own_names() {
    let of = |named: &[(&str, &str)]| {
        let named = named
            .iter()
            .map(|(name, version)| ((*name).to_owned(), (*version).to_owned()))
            .collect();
        let mut log = Diagnostics::new();
        let browsers = targets::named(&Target::Browsers(named)).expect("they are known");
        warn(
            &MappedText::of(&Source::new("/a.css", "a.css", "a:has(b){c:d}")),
            &browsers,
            &mut log,
        );
        log.take().into_iter().map(|diagnostic| diagnostic.message).collect::<Vec<_>>().join("\n")
    };
    assert!(of(&[("and_chr", "90")]).starts_with("and_chr 90 has no "));
    assert!(of(&[("ie_mob", "11"), ("chrome", "120")]).starts_with("ie_mob 11 has no "));
    assert!(
        of(&[("chrome", "60"), ("and_chr", "90")]).starts_with("chrome 60 and and_chr 90 have no ")
    );
    assert_eq!(of(&[("chrome", "120"), ("and_chr", "120")]), "");
}
