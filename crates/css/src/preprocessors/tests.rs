//! Imports of Less and Stylus, and the places that their compilers report.

use super::*;

#[test]
fn imports_are_found() {
    let text = "@import \"a\";\n@import (reference, less) 'b/c.less';\n// @import \"no\";\n/* \
                @import 'no' */\n@import url(\"d.css\");\n@require 'e'\n.x { content: '@import \
                \"no\"' }";
    let addresses: Vec<&str> = imports(text).iter().map(|import| import.address).collect();
    assert_eq!(addresses, ["a", "b/c.less", "d.css", "e"]);
}

#[test]
fn imports_of_css_are_kept() {
    let kept = |text| imports(text)[0].is_kept;
    assert!(kept("@import '~a/b.css';") && kept("@import (css, optional) 'a';"));
    assert!(!kept("@import '~a/b';") && !kept("@import (less) '~a/b.css';"));
    assert!(!kept("@import (inline, reference) '~a/b.css';"));
}

#[test]
fn places_are_understood() {
    let less = less("ParseError: Unrecognised input in sub/b.less on line 2, column 1:");
    assert_eq!(less, Some(("sub/b.less", Place { line: 1, column: 0 })));
    assert_eq!(colons("ParseError: stdin:3:1"), Some(("stdin", Place { line: 2, column: 0 })));
    assert_eq!(colons("expected \")\", got \"outdent\""), None);
}

#[test]
fn warnings_before_the_error_are_left_out() {
    let rest = |output: &str| {
        let failed = without_warnings(ToolError::Failed(output.to_owned()));
        failed.error_output().expect("it has one").to_owned()
    };
    let error = "NameError: variable @a is undefined in a.less on line 3, column 13:\n2 .a {}\n";
    assert_eq!(
        rest(&format!("DEPRECATED WARNING: b in a.less on line 2, column 8:\n{error}")),
        error
    );
    assert_eq!(rest("Error\n    at x: y\n"), "Error\n    at x: y\n");
}
