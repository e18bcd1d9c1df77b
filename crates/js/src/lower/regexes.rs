//! Lowers regular expressions. The flags `s` and `u` can be written out for most patterns;
//! everything else that the target lacks is kept and reported. Wrapping such a literal in
//! `new RegExp(…)`, as other compilers do, would only move the error to run time.

use swc_common::Span;
use swc_ecma_ast::{Program, Regex};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::features::{Feature, Support, pattern_features};

mod unicode; // writes out the flag `u`

/// Rewrites every regular expression that exceeds the target. Returns those that cannot be
/// rewritten.
pub(super) fn rewrite(program: &mut Program, support: &Support) -> Vec<(Feature, Span)> {
    let mut regexes = Regexes { support: *support, left: Vec::new() };
    program.visit_mut_with(&mut regexes);
    regexes.left
}

struct Regexes {
    support: Support,
    left: Vec<(Feature, Span)>,
}

impl Regexes {
    fn lacks(&self, feature: Feature) -> bool {
        !self.support.has(feature)
    }
}

impl VisitMut for Regexes {
    noop_visit_mut_type!();

    fn visit_mut_regex(&mut self, regex: &mut Regex) {
        let features = pattern_features(&regex.exp, &regex.flags);
        let lacking: Vec<Feature> =
            features.into_iter().filter(|feature| self.lacks(*feature)).collect();
        if lacking.is_empty() {
            return;
        }
        // Another construct explains the error better than the flag that it requires.
        let fatal =
            |feature: &Feature| !matches!(feature, Feature::DotAllRegex | Feature::UnicodeRegex);
        if let Some(feature) = lacking.iter().copied().find(fatal) {
            self.left.push((feature, regex.span));
            return;
        }
        let is_dot_all = lacking.contains(&Feature::DotAllRegex);
        let has_dot_all = regex.flags.contains('s');
        let written = if lacking.contains(&Feature::UnicodeRegex) {
            unicode::written_out(&regex.exp, has_dot_all)
        } else {
            Some(without_dot_all(&regex.exp))
        };
        let Some(pattern) = written else {
            self.left.push((Feature::UnicodeRegex, regex.span));
            return;
        };
        let drops_unicode = lacking.contains(&Feature::UnicodeRegex);
        let keeps = |flag: &char| {
            !(*flag == 's' && (is_dot_all || drops_unicode) || *flag == 'u' && drops_unicode)
        };
        let flags: String = regex.flags.chars().filter(keeps).collect();
        regex.exp = pattern.into();
        regex.flags = flags.into();
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
