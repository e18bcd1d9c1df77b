//! Every message this crate can report.

use std::{ops::Range, sync::Arc};

use bundle_base::{
    Diagnostic, Label, Source, Span,
    fs::FsError,
    tools::{MISSING_NODE, NoNode, ToolError, UNABLE_NODE, Unanswered},
};

/// The words of the warning for a construct that not all target browsers have.
pub struct Words {
    /// The construct that the browsers lack.
    pub name: &'static str,
    /// What happens in a browser without it.
    pub effect: &'static str,
    /// What to write instead.
    pub remedy: &'static str,
}

/// Returns a label for a range of bytes in a source.
pub fn label(source: &Arc<Source>, range: Range<usize>) -> Label {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Label::new(source, Span::new(offset(range.start), offset(range.end)))
}

/// A stylesheet whose blocks are nested deeper than the compilers' stacks allow.
pub fn nested_too_deeply(at: Label) -> Diagnostic {
    Diagnostic::error("nested-too-deeply", "this stylesheet is nested too deeply to be compiled")
        .at(at.text("the nesting begins here"))
        .fix("put the inner part into a mixin or a rule of its own", None)
}

/// `random()` or `unique-id()` in Sass source.
pub fn volatile(at: Label, name: &str) -> Diagnostic {
    Diagnostic::warning("sass-volatile", format!("{name}() gives the same value in each build"))
        .at(at)
        .note("the same sources give the same files, so its results follow from the stylesheet")
}

/// A declaration in Sass source without a semicolon at its end.
pub fn missing_semicolon(at: Label) -> Diagnostic {
    Diagnostic::error("style-syntax", "a semicolon is missing after this")
        .at(at)
        .fix("write `;` at its end", None)
}

/// A colon in a value of Sass source: the declaration before it may lack its semicolon.
pub fn colon_in_value(at: Label) -> Diagnostic {
    Diagnostic::error("style-syntax", "a value cannot contain this `:`")
        .at(at)
        .fix("write `;` where the declaration before it ends, or quotes around the text", None)
}

/// `@name` in a value of Sass source, as Less writes variables.
pub fn at_sign_in_value(at: Label) -> Diagnostic {
    Diagnostic::error("style-syntax", "a value cannot contain this `@`")
        .at(at)
        .fix("write `$name` for a variable: `@name` is Less", None)
}

/// A declaration in Sass source that begins with a colon.
pub fn missing_property(at: Label) -> Diagnostic {
    Diagnostic::error("style-syntax", "there is no property before this `:`")
        .at(at)
        .fix("write `property: value`, with a semicolon after it", None)
}

/// A stylesheet that makes lightningcss panic or give up.
pub fn css_gave_up(file: &Arc<Source>) -> Diagnostic {
    Diagnostic::error(
        "css-error",
        "the CSS compiler stopped on this stylesheet: this is a bug in bundle",
    )
    .at(label(file, 0..0))
    .fix("remove parts of it until it compiles, and report the part that causes this", None)
}

/// A declaration in CSS without a valid name or colon.
pub fn bad_declaration(at: Label, text: &str) -> Diagnostic {
    let shown: String = text.chars().take(60).collect();
    Diagnostic::warning(
        "bad-css",
        format!("browsers ignore `{shown}`: it is not a valid declaration"),
    )
    .at(at)
    .fix("write `property: value`, with a semicolon after it", None)
}

/// `//` in the block of a rule, where it is no comment.
pub fn line_comment(at: Label) -> Diagnostic {
    Diagnostic::warning("bad-css", "browsers ignore a declaration here")
        .at(at)
        .note(
            "CSS has no comments that begin with `//`, and what follows is lost up to the next `;`",
        )
        .fix("write /* … */, or name the file .scss", None)
}

/// Reported once for each file that uses the construct; where diagnostics are shown, those with
/// equal messages are joined. `browsers`: the browsers that lack it, such as `ie 9`, at least one.
/// `having`: the target without these versions; empty if there is none.
pub fn unsupported(at: Label, browsers: &[String], having: &str, words: &Words) -> Diagnostic {
    let has = if browsers.len() == 1 { "has" } else { "have" };
    let named = match browsers {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
        [] => String::new(),
    };
    let Words { name, effect, remedy } = words;
    let found =
        Diagnostic::warning("unsupported-css", format!("{named} {has} no {name}: {effect}")).at(at);
    match remedy.strip_suffix("raise `target`") {
        Some(before) if !having.is_empty() => {
            found.fix(format!("{before}raise `target` to \"{having}\""), None)
        }
        Some(_) | None => found.fix(*remedy, None),
    }
}

/// `text`: the stylesheet from the mistake on.
pub fn bad_css(at: Label, why: &str, text: &str) -> Diagnostic {
    const OF_TAILWIND: [&str; 13] = [
        "apply",
        "config",
        "custom-variant",
        "plugin",
        "reference",
        "responsive",
        "screen",
        "source",
        "tailwind",
        "theme",
        "utility",
        "variant",
        "variants",
    ];
    let found = Diagnostic::warning("bad-css", "browsers ignore this: it is not valid CSS").at(at);
    let unknown_rule = why.strip_prefix("Unknown at rule: @");
    if text.starts_with("//") {
        return found
            .note("CSS has no comments that begin with `//`, and the next rule is lost with them")
            .fix("write /* … */, or name the file .scss", None);
    }
    let found = found.note(why);
    if unknown_rule.is_some_and(|name| OF_TAILWIND.contains(&name)) {
        let remedy = "Tailwind compiles it: name its plugin in postcss.config.js, { \"plugins\": { \
                      \"@tailwindcss/postcss\": {} } } (up to version 3: tailwindcss)";
        return found.fix(remedy, None);
    }
    found
}

/// A stylesheet that exists and cannot be read.
pub fn unreadable(name: &str, why: &FsError) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("{name} cannot be read: {why}"))
}

/// An `@import` in CSS without an address.
pub fn bad_import(at: Label) -> Diagnostic {
    Diagnostic::warning("bad-css", "browsers ignore this @import: it names no stylesheet")
        .at(at)
        .fix("write @import \"name.css\";", None)
}

/// An `@import` in CSS that comes after a rule.
pub fn late_import(at: Label) -> Diagnostic {
    Diagnostic::warning("bad-css", "browsers ignore an @import after a rule")
        .at(at)
        .fix("move it to the top of the stylesheet", None)
}

/// An `@import` in CSS of a stylesheet that imports this one, directly or through others.
pub fn import_cycle(at: Label) -> Diagnostic {
    Diagnostic::warning("style-import-circle", "this import of a stylesheet forms a cycle")
        .at(at)
        .note("the stylesheet is included once, as in a browser")
        .fix("remove one of the imports", None)
}

/// An import of a stylesheet that does not exist.
pub fn missing_style(at: Label, url: &str, near: Option<&str>) -> Diagnostic {
    let found = Diagnostic::error("missing-style", format!("there is no stylesheet {url}"))
        .at(at.text("requested here"));
    match near {
        Some(near) => found.fix(format!("did you mean \"{near}\"?"), None),
        None => found
            .note(
                "it was looked for next to this file, in sass.loadPaths, and as an alias or a \
                 package",
            )
            .remedy("correct the path, or add its folder to sass.loadPaths"),
    }
}

/// A stylesheet of a package that is not installed. `is_listed`: package.json lists it.
pub fn missing_style_package(at: Label, url: &str, package: &str, is_listed: bool) -> Diagnostic {
    let found = Diagnostic::error("missing-style", format!("there is no stylesheet {url}"))
        .at(at.text("requested here"));
    if is_listed {
        found.fix(
            format!("package.json lists {package}, but it is not installed: run `npm install`"),
            None,
        )
    } else {
        found
            .fix(format!("install its package: `npm install {package}`, or correct the path"), None)
    }
}

/// An `@import` that no file answers, where addresses stay as they are written.
pub fn kept_import(at: Label, url: &str) -> Diagnostic {
    Diagnostic::warning("missing-style", format!("there is no stylesheet {url}"))
        .at(at.text("kept as it is written"))
        .note("browsers look for it beside the written stylesheet")
        .remedy("correct the path, or make sure that the file is there")
}

/// `composes` in a rule whose selector is not a single class.
pub fn misplaced_composes(at: Label) -> Diagnostic {
    Diagnostic::error("composes", "`composes` is in a rule that is not for a single class")
        .at(at)
        .note(
            "it adds names to the class that scripts import; other selectors have no name to add \
             them to",
        )
        .fix("move it into a rule for one class: .name { composes: … }", None)
}

/// `composes` of a class that the stylesheet does not have.
pub fn unknown_class(at: Label, name: &str, near: Option<&str>) -> Diagnostic {
    let found =
        Diagnostic::error("composes", format!("this stylesheet has no class {name}")).at(at);
    match near {
        Some(near) => found.fix(format!("did you mean {near}?"), None),
        None => found
            .fix("name the stylesheet that has it: composes: … from \"./other.module.css\"", None),
    }
}

/// An `@value` without a name or a value.
pub fn bad_value(at: Label) -> Diagnostic {
    Diagnostic::error("css-value", "this @value declares nothing")
        .at(at)
        .fix("write @value name: value; or @value name from \"./other.css\";", None)
}

/// An `@value` of a name that the other stylesheet does not declare.
pub fn unknown_value(at: Label, name: &str, address: &str, near: Option<&str>) -> Diagnostic {
    let found =
        Diagnostic::error("css-value", format!("{address} declares no value {name}")).at(at);
    match near {
        Some(near) => found.fix(format!("did you mean {near}?"), None),
        None => found.fix(format!("write `@value {name}: …;` there"), None),
    }
}

/// PostCSS failed on a stylesheet. `label`: the place that it names.
pub fn postcss_failed(
    config: &str,
    name: &str,
    why: &Unanswered,
    label: Option<&Label>,
) -> Diagnostic {
    let found = |message: String| {
        let found = Diagnostic::error("postcss-failed", message);
        match label {
            Some(label) => found.at(label.clone()),
            None => found,
        }
    };
    let failure = match why {
        Unanswered::Failed(failure) => failure,
        Unanswered::Tool(ToolError::Broken(reason)) => {
            return found(format!("PostCSS returned no stylesheet for {name}: {reason}"));
        }
        Unanswered::Tool(ToolError::Failed(output)) => {
            let found = found(format!("Node exited while PostCSS processed {name}"));
            let output = output.trim();
            return if output.is_empty() {
                found
            } else {
                found.note(format!("it printed: {output}"))
            };
        }
        Unanswered::Tool(ToolError::Missing) => {
            return postcss_without_node(config, MISSING_NODE);
        }
        Unanswered::Tool(ToolError::Unable) => {
            return postcss_without_node(config, UNABLE_NODE);
        }
    };
    if failure.code.as_deref() == Some("MODULE_NOT_FOUND") {
        let package = failure.message.split(' ').next().unwrap_or_default();
        return found(format!("{config} asks for {package}, which is not installed"))
            .fix(format!("npm install --save-dev {package}, or set \"postcss\": false"), None);
    }
    let plugin = failure.plugin.as_deref().unwrap_or("PostCSS");
    found(format!("{plugin} fails on {name}: {}", failure.message))
        .note(format!("it runs because of {config}"))
}

/// PostCSS is configured, and there is no Node to run it.
pub fn postcss_without_node(config: &str, node: NoNode) -> Diagnostic {
    Diagnostic::warning("postcss-needs-node", format!("{config} needs {}", node.text))
        .note("stylesheets are written without its plugins")
        .fix(format!("{}, or set \"postcss\": false", node.remedy), None)
}

/// What a plugin of PostCSS warns of.
pub fn postcss_warning(plugin: &str, message: &str, label: Option<Label>) -> Diagnostic {
    let found = Diagnostic::warning("postcss-warning", format!("{plugin}: {message}"));
    match label {
        Some(label) => found.at(label),
        None => found,
    }
}

/// `command`: the name of the program and its arguments.
pub fn command_failed(at: Label, lang: &str, command: &[String], failed: &ToolError) -> Diagnostic {
    let (program, line) = (&command[0], command.join(" "));
    let key = format!("preprocess.{lang}");
    let found = |message: String| Diagnostic::error("preprocess", message).at(at);
    match failed {
        ToolError::Unable => {
            found(format!("`{line}` cannot be run here: WebAssembly cannot start programs"))
                .remedy("compile the styles first, or build with the native program `bundle`")
        }
        ToolError::Missing => found(format!("the program {program} does not exist"))
            .note(format!(
                "it was looked for in node_modules/.bin and in PATH, because `{key}` names it"
            ))
            .remedy(format!("install its package: npm install --save-dev {}", package_of(program))),
        ToolError::Broken(why) => found(format!("`{line}` produced no CSS: {why}"))
            .remedy(format!("correct `{key}` in bundle.config.json")),
        ToolError::Failed(output) => {
            let is_informative =
                |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("at ");
            let lines = output.lines().filter(is_informative).take(12).map(str::trim_end);
            let found = found(format!("`{line}` could not compile this"));
            let found = lines.fold(found, Diagnostic::note);
            if output.trim().is_empty() {
                found.note("it printed no error message")
            } else if program == "lessc" && output.contains("'~") {
                found.remedy(
                    "in files that a stylesheet imports, lessc needs a plugin for `~`: install \
                     less-plugin-npm-import, and add \"--npm-import=prefix=~\" before \"-\" to \
                     `preprocess.less`",
                )
            } else {
                found
            }
        }
    }
}

/// Returns the package that a program comes with.
fn package_of(program: &str) -> &str {
    if program == "lessc" { "less" } else { program }
}

/// A stylesheet in Sass that loads itself, directly or through others.
pub fn style_import_loop(at: Label) -> Diagnostic {
    Diagnostic::error(
        "style-import-loop",
        "this stylesheet loads itself, directly or through others",
    )
    .at(at)
    .fix("move what both need into a partial of its own, and load that", None)
}

/// A mixin or function in Sass that calls itself without an end.
pub fn endless_recursion(at: Label) -> Diagnostic {
    Diagnostic::error("sass-recursion", "this mixin or function calls itself forever")
        .at(at)
        .fix("call it under an `@if` that becomes false", None)
}

/// An error that the Sass compiler reports.
pub fn sass_error(at: Label, message: &str, near: Option<&str>) -> Diagnostic {
    let mut lines = message.lines();
    let first = lines.next().unwrap_or("the Sass compiler stopped without a message");
    let found = Diagnostic::error("sass-error", first.trim_end_matches('.')).at(at);
    let found = lines
        .filter(|line| !line.trim().is_empty())
        .fold(found, |found, line| found.note(line.trim()));
    found.maybe_fix(near, |near| format!("did you mean {near}?"))
}

/// Adds to an error that it is in what the configuration puts before a stylesheet.
pub fn in_additional_data(found: Diagnostic) -> Diagnostic {
    found.note("the mistake is in \"sass.additionalData\", which is put before every stylesheet")
}

/// `/deep/` in Sass source. Only some browsers ever had this combinator, and Sass does not parse
/// it.
pub fn no_deep_selector(at: Label) -> Diagnostic {
    Diagnostic::error("sass-error", "Sass does not accept `/deep/`: it is not a selector")
        .at(at)
        .note("in plain CSS, `/deep/` and `>>>` work in the scoped styles of components")
        .fix("write `::v-deep` in its place: `.a ::v-deep .b`", None)
}

/// There may be thousands of these; where diagnostics are shown, equal ones are joined.
pub fn sass_deprecated(at: Label, name: &str, message: &str) -> Diagnostic {
    let first = message.lines().next().unwrap_or_default();
    let first = first.split(" Suggestion").next().unwrap_or(first).trim_end_matches('.');
    let found = Diagnostic::warning("sass-deprecated", format!("{first} ({name})")).at(at);
    found.fix(deprecation_remedy(name, message), None)
}

/// Returns what to do about a deprecated feature of Sass. For some, Sass suggests what to write.
fn deprecation_remedy(name: &str, message: &str) -> String {
    let suggested = message.split_once("Suggestion").map(|(_, rest)| rest);
    let suggested = suggested.and_then(|rest| {
        let rest = rest.split_once(':')?.1;
        rest.lines().map(str::trim).find(|line| !line.is_empty())
    });
    let member = message.lines().find_map(|line| {
        line.trim().strip_prefix("Use ")?.split(' ').next().filter(|member| member.contains('.'))
    });
    match (name, member, suggested) {
        ("bogus-combinators", ..) if message.contains("> > >") => {
            "write `::v-deep` in place of `>>>`: `.a ::v-deep .b`".to_owned()
        }
        ("import", ..) => "load the file with `@use`, or write \"sass\": { \
             \"silenceDeprecations\": [\"import\"] } in the configuration"
            .to_owned(),
        (_, Some(member), _) => {
            let module = member.split('.').next().unwrap_or_default();
            format!("write `@use \"sass:{module}\";` at the top, and `{member}` here")
        }
        (_, None, Some(suggested)) => format!("write `{suggested}`"),
        (_, None, None) => format!(
            "replace it, or write \"sass\": {{ \"silenceDeprecations\": [\"{name}\"] }} in the \
             configuration"
        ),
    }
}

/// A `@warn` in Sass source.
pub fn sass_warn(at: Label, message: &str) -> Diagnostic {
    let mut lines = message.lines();
    let found = Diagnostic::warning("sass-warn", lines.next().unwrap_or_default())
        .at(at.text("reported here"));
    lines.filter(|line| !line.trim().is_empty()).fold(found, |found, line| found.note(line.trim()))
}
