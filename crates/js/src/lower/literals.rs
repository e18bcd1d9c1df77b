//! Literals whose notation is newer than the target. They keep their value and lose their source
//! text, so that the printer writes them again.

use swc_common::Span;
use swc_ecma_ast::{Number, Program, Str};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::features::Feature;

/// Drops the source text of literals whose notation the target lacks.
pub(super) fn normalise(program: &mut Program, lacking: &[(Feature, Span)]) {
    let lacks =
        |features: &[Feature]| lacking.iter().any(|(feature, _)| features.contains(feature));
    let mut literals = Literals {
        numbers: lacks(&[Feature::RadixLiteral, Feature::NumericSeparator]),
        texts: lacks(&[Feature::CodePointEscape, Feature::LineSeparatorInString]),
    };
    if literals.numbers || literals.texts {
        program.visit_mut_with(&mut literals);
    }
}

struct Literals {
    numbers: bool,
    texts: bool,
}

impl VisitMut for Literals {
    noop_visit_mut_type!();

    fn visit_mut_number(&mut self, number: &mut Number) {
        if self.numbers
            && number.raw.as_ref().is_some_and(|raw| raw.contains(['_', 'b', 'B', 'o', 'O']))
        {
            number.raw = None;
        }
    }

    fn visit_mut_str(&mut self, text: &mut Str) {
        let is_new = |raw: &str| raw.contains("\\u{") || raw.contains(['\u{2028}', '\u{2029}']);
        if self.texts && text.raw.as_ref().is_some_and(|raw| is_new(raw)) {
            text.raw = None;
        }
    }
}
