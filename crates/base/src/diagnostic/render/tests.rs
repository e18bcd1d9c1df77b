//! What people and programs see; no source can break the output.

use std::sync::Arc;

use super::*;
use crate::source::{Source, Span};

fn source(text: &str) -> Arc<Source> {
    Source::new("/project/src/main.js", "src/main.js", text)
}

fn at(text: &str, needle: &str) -> Label {
    let start = text.find(needle).expect("the needle is in the text");
    let span =
        Span::new(u32::try_from(start).unwrap(), u32::try_from(start + needle.len()).unwrap());
    Label::new(&source(text), span)
}

fn draw(diagnostic: &Diagnostic) -> String {
    render_text(diagnostic, false)
}

#[test]
fn shows_place_label_notes_and_fix() {
    let text = "import { count } from \"./conter\";\n";
    let d = Diagnostic::error("missing-file", "\"./conter\" leads to no file")
        .at(at(text, "\"./conter\"").text("imported here"))
        .note("looked for src/conter.js")
        .note_at("the package says so", Label::new(&source("a\nb\n"), Span::new(2, 3)))
        .maybe_fix(Some("./counter"), |n| format!("did you mean \"{n}\"?"));
    let expected = r#"
error[missing-file]: "./conter" leads to no file
 --> src/main.js:1:23
  |
1 | import { count } from "./conter";
  |                       ^^^^^^^^^^ imported here
  |
  = note: looked for src/conter.js
note: the package says so
 --> src/main.js:2:1
  |
2 | b
  | ^
help: did you mean "./counter"?
  |
1 | import { count } from "./counter";
  |                            +"#;
    assert_eq!(format!("\n{}", draw(&d)), expected);
}

#[test]
fn without_a_place_only_the_sentence_is_drawn() {
    let d =
        Diagnostic::warning("unknown-flag", "there is no flag --wach").note("see bundle --help");
    assert_eq!(
        draw(&d),
        "warning[unknown-flag]: there is no flag --wach\n = note: see bundle --help"
    );
    assert_eq!(draw(&Diagnostic::error("x", "y")), "error[x]: y");
}

#[test]
fn colour_changes_nothing_but_colour() {
    let d = Diagnostic::error("x", "y").at(at("let a = b;", "b").text("here")).note("n");
    let mut plain = String::new();
    for (i, part) in render_text(&d, true).split('\u{1b}').enumerate() {
        plain.push_str(if i == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    let plain: Vec<_> = plain.lines().map(str::trim_end).collect();
    assert_eq!(plain.join("\n"), draw(&d));
}

#[test]
fn a_huge_line_is_shown_as_a_window_around_the_place() {
    let text = format!("{}NEEDLE{}", "a;".repeat(300_000), "b;".repeat(300_000));
    let d = Diagnostic::error("x", "y").at(at(&text, "NEEDLE"));
    let drawn = draw(&d);
    assert!(drawn.len() < 600, "{}", drawn.len());
    assert!(drawn.contains("src/main.js:1:600001"));
    assert!(
        drawn.contains("| …a;a;") && drawn.contains("a;NEEDLEb;") && drawn.contains("b;…"),
        "{drawn}"
    );
    let mark = drawn.lines().find(|l| l.contains("^^^^^^")).unwrap();
    let line = drawn.lines().find(|l| l.contains("NEEDLE")).unwrap();
    let column = |line: &str, needle: char| line.chars().position(|c| c == needle).unwrap();
    assert_eq!(column(mark, '^'), column(line, 'N'));
}

#[test]
fn a_label_longer_than_the_window_is_cut() {
    let text = format!("x = {};", "9".repeat(1_000_000));
    let drawn = draw(&Diagnostic::error("x", "y").at(at(&text, &"9".repeat(1_000_000))));
    assert!(drawn.len() < 600, "{drawn}");
}

#[test]
fn controls_never_reach_the_terminal() {
    let text = "a\0b\u{1b}[31mred\u{9b}\u{202e}x\u{feff}\u{7f} NEEDLE";
    let d = Diagnostic::error("x", "mes\u{1b}[2Jsage\u{7}")
        .at(at(text, "NEEDLE").text("la\u{1b}bel"))
        .note("no\rte");
    let drawn = draw(&d);
    assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "{drawn:?}");
    assert!(!drawn.contains(['\u{202e}', '\u{feff}']));
    assert!(drawn.contains("a␀b␛[31mred"), "{drawn}");
}

#[test]
fn tabs_keep_the_underline_in_place() {
    let drawn = draw(&Diagnostic::error("x", "y").at(at("\t\tfoo(\tbar);", "bar")));
    assert!(drawn.contains(" --> src/main.js:1:8\n"), "{drawn}");
    assert!(drawn.contains("1 |         foo(    bar);\n  |                 ^^^"), "{drawn}");
}

#[test]
fn every_line_end_counts() {
    let text = "one\r\ntwo\rthree\u{2028}four NEEDLE\nfive";
    let drawn = draw(&Diagnostic::error("x", "y").at(at(text, "NEEDLE")));
    assert!(
        drawn.contains(" --> src/main.js:4:6\n  |\n4 | four NEEDLE\n  |      ^^^^^^"),
        "{drawn}"
    );
}

#[test]
fn places_at_and_past_the_end_are_drawn() {
    for text in ["", "a", "a\n", "é", "a\r\n", "😀"] {
        for (start, end) in [(0, 0), (1, 1), (1, 4), (2, 2), (99, 100), (0, 99)] {
            let d =
                Diagnostic::error("x", "y").at(Label::new(&source(text), Span::new(start, end)));
            assert!(draw(&d).contains('^'), "{text:?} {start} {end}");
            assert!(render_json(&d).starts_with('{'));
        }
    }
}

#[test]
fn columns_are_characters() {
    let drawn = draw(&Diagnostic::error("x", "y").at(at("\"😀😀\" + NEEDLE", "NEEDLE")));
    assert!(drawn.contains("src/main.js:1:8"), "{drawn}");
}

#[test]
fn of_several_lines_the_first_is_shown() {
    let d = Diagnostic::error("x", "y").at(at("if (a) {\n  b\n}\n", "{\n  b\n}"));
    assert!(draw(&d).ends_with("1 | if (a) {\n  |        ^"), "{}", draw(&d));
    assert!(render_json(&d).contains("\"length\":7"));
}

#[test]
fn json_is_one_line_with_everything() {
    let d = Diagnostic::error("missing-export", "m\n\"q\"")
        .at(at("a\nimport cuont;", "cuont").text("here"))
        .note("n")
        .note_at("m", at("c", "c"))
        .fix("use it", Some("count".to_owned()));
    let expected = concat!(
        r#"{"code":"missing-export","severity":"error","message":"m\n\"q\"","file":"src/main.js","line":2,"column":8,"#,
        r#""length":5,"excerpt":"import cuont;","label":"here","notes":[{"message":"n","file":null},{"message":"m","#,
        r#""file":"src/main.js","line":1,"column":1,"length":1,"excerpt":"c"}],"fix":{"message":"use it","replacement":"count"}}"#
    );
    assert_eq!(render_json(&d), expected);
}

#[test]
fn a_replacement_for_other_text_is_not_shown_as_an_edit() {
    let d = Diagnostic::error("x", "y")
        .at(at("math.ad", "math"))
        .maybe_fix(Some("add"), |n| format!("did you mean {n}?"));
    assert!(draw(&d).ends_with("help: did you mean add?"), "{}", draw(&d));
    assert!(render_json(&d).contains("\"replacement\":null"));
}

#[test]
fn quotes_survive_a_replacement() {
    let d = Diagnostic::error("x", "y")
        .at(at("import 'a'", "'a'"))
        .maybe_fix(Some("b"), |n| format!("{n}?"));
    assert!(render_json(&d).contains(r#""replacement":"'b'""#));
    assert!(draw(&d).contains("import 'b'"), "{}", draw(&d));
}

#[test]
fn no_place_in_no_text_makes_it_panic() {
    const PIECES: &[&str] = &[
        "a",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "é",
        "😀",
        "\u{301}",
        "\u{2028}",
        "\u{1b}[31m",
        "\u{0}",
        "漢",
        "\u{202e}",
        "\"",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];
    let mut seed = 1_u64;
    let mut dice = |end: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % end
    };
    for _ in 0..3000 {
        let text: String =
            (0..dice(12)).map(|_| PIECES[usize::try_from(dice(15)).unwrap()]).collect();
        let mut span = || {
            let start = u32::try_from(dice(40)).unwrap();
            Span::new(start, start + u32::try_from(dice(20)).unwrap())
        };
        let s = source(&text);
        let mut d =
            Diagnostic::error("x", &text).at(Label::new(&s, span()).text(&text)).note(&text);
        d = d.note_at(&text, Label::new(&s, span())).fix(&text, Some(text.clone()));
        let drawn = draw(&d);
        assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "{drawn:?}");
        assert!(drawn.contains(" --> src/main.js:"));
        let json: serde_json::Value = serde_json::from_str(&render_json(&d)).unwrap();
        assert!(json["line"].as_u64().unwrap() >= 1 && json["column"].as_u64().unwrap() >= 1);
    }
}
