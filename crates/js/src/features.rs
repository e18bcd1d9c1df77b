//! Finds the constructs of a program that are newer than a target. One walk checks the program as
//! written (what must be lowered, and what cannot be) and the text as rendered (`syntax_check`), so
//! that no output contains a construct that the target cannot parse.

use std::sync::Arc;

use bundle_base::{Config, Diagnostic, Label, Source, config::Format};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{EsVersion, Program};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax};

use crate::{
    ast, messages,
    syntax_check::{self, FoundFeatures, Mistake, Reading, Verdict},
};

mod generated; // tables that scripts wrote
mod hidden_names; // function expressions with the name of a parameter
mod lacking; // which browsers of a target lack a construct
mod literals; // what the text of a literal needs
mod pattern; // the constructs that a regular expression uses
mod scan; // the walk that finds constructs
mod strict; // whether code is strict
mod support; // which constructs a target supports
mod table; // the constructs: names, years, and how each is lowered

pub(crate) use hidden_names::is_named_like_parameter;
pub(crate) use lacking::{having, lacking, target_name};
pub(crate) use pattern::features as pattern_features;
pub(crate) use scan::{Scan, scan};
pub(crate) use strict::{begins_with_use_strict, body_is_strict, is_strict};
pub use support::Support;
pub(crate) use support::parse_version;
pub use table::Feature;
pub(crate) use table::Remedy;

/// Reads a rendered text again and checks it against the target. Returns an error for each
/// construct that the target lacks. The errors name the module by `text.name`. A text with such an
/// error is parsed, for the message and the place. `is_strict`: the text will be inside strict
/// code.
pub fn check_rendered(text: &Arc<Source>, is_strict: bool, config: &Config) -> Vec<Diagnostic> {
    let checked = ast::guarded(text, || {
        let objection = match objection(text, is_strict, config) {
            Objection::None => return (Vec::new(), None),
            Objection::Unsure => None,
            Objection::Excess(excess) => Some(format!("it contains {}", excess.name())),
            Objection::Mistake(mistake) => Some(mistake.to_string()),
        };
        (check(text, is_strict, config), objection)
    });
    let (errors, objection) = checked.unwrap_or_else(|broken| (vec![broken], None));
    debug_assert!(
        objection.is_none() || !errors.is_empty(),
        "{}: `syntax_check` and the parser disagree: {}",
        text.name,
        objection.unwrap_or_default()
    );
    errors
}

/// What was found by reading a text without parsing it.
#[derive(Debug)]
enum Objection {
    None,
    /// There may be an error.
    Unsure,
    /// The text contains a construct that the target lacks.
    Excess(Feature),
    /// The text has a mistake.
    Mistake(Mistake),
}

fn objection(text: &Source, is_strict: bool, config: &Config) -> Objection {
    let support = Support::of(&config.script.target);
    let is_module = config.output.format == Format::Esm;
    let wants_keys = !support.has(Feature::DuplicateKey);
    match syntax_check::read(&text.text, Reading { is_module, is_strict, wants_keys }) {
        Verdict::Unreadable(mistake) => Objection::Mistake(mistake),
        Verdict::Unsure => Objection::Unsure,
        Verdict::Readable(found) => {
            excess(found, support, config).map_or(Objection::None, Objection::Excess)
        }
    }
}

/// Returns the first construct that the target lacks.
fn excess(found: FoundFeatures, support: Support, config: &Config) -> Option<Feature> {
    let is_excess = |f: &Feature| !support.has(*f) && !is_allowed(*f, support, config);
    found.iter().find(is_excess)
}

/// Whether a text may contain a construct that the target lacks.
fn is_allowed(feature: Feature, support: Support, config: &Config) -> bool {
    let is_esm = config.output.format == Format::Esm;
    feature == Feature::TypeofSymbol
        // They come with modules, and the format requires modules.
        || is_esm && matches!(feature, Feature::DynamicImport | Feature::ImportMeta)
        // The `await` will be in an async function.
        || feature == Feature::TopLevelAwait && !is_esm && support.has(Feature::AsyncFunction)
        // `severity` may allow what was reported in the source.
        || config.severities.allows_excess()
            && feature.is_refused()
            && (is_esm || feature != Feature::TopLevelAwait)
}

fn check(text: &Arc<Source>, is_strict: bool, config: &Config) -> Vec<Diagnostic> {
    let is_esm = config.output.format == Format::Esm;
    let program = match parse_rendered(text, is_esm) {
        Ok(program) => program,
        Err(mistakes) => return mistakes,
    };
    let support = Support::of(&config.script.target);
    if support.is_everything() {
        return Vec::new();
    }
    let is_strict = is_strict || matches!(program, Program::Module(_)) || self::is_strict(&program);
    let found = scan(&program, is_strict, support);
    let excess =
        found.exceeding(support).filter(|(feature, _)| !is_allowed(*feature, support, config));
    let mut diagnostics: Vec<_> = excess
        .map(|(feature, span)| {
            let at = Label::new(text, ast::span(span));
            messages::written_exceeds_target(
                at,
                feature.name(),
                &lacking(feature, &config.script.target),
            )
        })
        .collect();
    if let (false, Some(span)) = (is_esm, found.module_syntax()) {
        diagnostics.push(messages::written_module_syntax(Label::new(text, ast::span(span))));
    }
    diagnostics
}

/// Parses a rendered text. `is_esm`: it is part of an ES module, where a sloppy CommonJS body
/// becomes strict and some sloppy code is a syntax error.
pub(crate) fn parse_rendered(text: &Arc<Source>, is_esm: bool) -> Result<Program, Vec<Diagnostic>> {
    let end =
        BytePos(ast::BASE.0 + u32::try_from(text.text.len()).expect("no output reaches 4 GiB"));
    let syntax = Syntax::Es(EsSyntax {
        import_attributes: true,
        allow_return_outside_function: true,
        explicit_resource_management: true,
        ..EsSyntax::default()
    });
    let parser = || {
        let input = StringInput::new(&text.text, ast::BASE, end);
        Parser::new_from(Lexer::new(syntax, EsVersion::EsNext, input, None))
    };
    let is_script = || {
        let mut parser = parser();
        parser.parse_script().is_ok() && parser.take_errors().is_empty()
    };
    let mut parser = parser();
    let result =
        if is_esm { parser.parse_module().map(Program::Module) } else { parser.parse_program() };
    let mut errors = parser.take_errors();
    match result {
        Ok(program) if errors.is_empty() => Ok(program),
        Ok(_) if is_esm => Err(vec![sloppy(text, &errors[0])]),
        Ok(_) => Err(unreadable(text, &errors)),
        Err(fatal) => {
            errors.push(fatal);
            let is_sloppy = is_esm && is_script();
            Err(if is_sloppy { vec![sloppy(text, &errors[0])] } else { unreadable(text, &errors) })
        }
    }
}

fn sloppy(text: &Arc<Source>, error: &swc_ecma_parser::error::Error) -> Diagnostic {
    messages::sloppy_in_module(Label::new(text, ast::span(error.span())), &error.kind().msg())
}

fn unreadable(text: &Arc<Source>, errors: &[swc_ecma_parser::error::Error]) -> Vec<Diagnostic> {
    let describe = |e: &swc_ecma_parser::error::Error| {
        messages::written_unreadable(Label::new(text, ast::span(e.span())), &e.kind().msg())
    };
    errors.iter().take(1).map(describe).collect()
}

#[cfg(test)]
mod tests;
