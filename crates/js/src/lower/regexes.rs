//! Lowers regular expressions. The flags `s` and `u` can be written out for most patterns;
//! everything else that the target lacks is reported. Wrapping such a literal in `new RegExp(…)`,
//! as other compilers do, only moves the error to run time, so it happens only if the configuration
//! makes the error a warning.

use swc_common::{DUMMY_SP, Span, SyntaxContext};
use swc_ecma_ast::{Expr, Ident, Lit, NewExpr, Program, Regex};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::features::{Feature, Support, pattern_features};

mod unicode; // writes out the flag `u`

/// Rewrites every regular expression that exceeds the target. Returns those that cannot be
/// rewritten. `calls`: the syntax context of free names, if these are to become calls.
pub(super) fn rewrite(
    program: &mut Program,
    support: &Support,
    calls: Option<SyntaxContext>,
) -> Vec<(Feature, Span)> {
    let mut regexes = Regexes { support: *support, calls, left: Vec::new() };
    program.visit_mut_with(&mut regexes);
    regexes.left
}

struct Regexes {
    support: Support,
    calls: Option<SyntaxContext>,
    left: Vec<(Feature, Span)>,
}

impl Regexes {
    fn lacks(&self, feature: Feature) -> bool {
        !self.support.has(feature)
    }
}

impl Regexes {
    /// Rewrites a regular expression. `Err`: the construct that makes it impossible.
    fn rewrite(&self, regex: &mut Regex) -> Result<(), Feature> {
        let features = pattern_features(&regex.exp, &regex.flags);
        let lacking: Vec<Feature> =
            features.into_iter().filter(|feature| self.lacks(*feature)).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        // Another construct explains the error better than the flag that it requires.
        let fatal =
            |feature: &Feature| !matches!(feature, Feature::DotAllRegex | Feature::UnicodeRegex);
        if let Some(feature) = lacking.iter().copied().find(fatal) {
            return Err(feature);
        }
        let is_dot_all = lacking.contains(&Feature::DotAllRegex);
        let has_dot_all = regex.flags.contains('s');
        let written = if lacking.contains(&Feature::UnicodeRegex) {
            unicode::written_out(&regex.exp, has_dot_all)
        } else {
            Some(without_dot_all(&regex.exp))
        };
        let pattern = written.ok_or(Feature::UnicodeRegex)?;
        let drops_unicode = lacking.contains(&Feature::UnicodeRegex);
        let keeps = |flag: &char| {
            !(*flag == 's' && (is_dot_all || drops_unicode) || *flag == 'u' && drops_unicode)
        };
        let flags: String = regex.flags.chars().filter(keeps).collect();
        regex.exp = pattern.into();
        regex.flags = flags.into();
        Ok(())
    }
}

/// Makes `new RegExp("pattern", "flags")`.
fn call(regex: &Regex, unresolved: SyntaxContext) -> Expr {
    let text = |text: &str| Expr::Lit(Lit::Str(text.into())).as_arg();
    let mut arguments = vec![text(&regex.exp)];
    if !regex.flags.is_empty() {
        arguments.push(text(&regex.flags));
    }
    let callee = Ident::new("RegExp".into(), DUMMY_SP, unresolved);
    let made = NewExpr { span: regex.span, callee: Box::new(callee.into()), ..NewExpr::default() };
    NewExpr { args: Some(arguments), ..made }.into()
}

impl VisitMut for Regexes {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        let Expr::Lit(Lit::Regex(regex)) = expr else { return };
        let Err(feature) = self.rewrite(regex) else { return };
        self.left.push((feature, regex.span));
        if let Some(unresolved) = self.calls {
            *expr = call(regex, unresolved);
        }
    }
}

/// Replaces `.` outside of classes by a class of everything.
fn without_dot_all(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                text.push(c);
                text.extend(chars.next());
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '.' if !in_class => {
                text.push_str("[\\s\\S]");
                continue;
            }
            _ => {}
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_means_everything() {
        assert_eq!(without_dot_all(r"a.b\.[.]."), r"a[\s\S]b\.[.][\s\S]");
    }
}
