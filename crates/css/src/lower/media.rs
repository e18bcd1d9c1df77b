//! Media queries with a negated condition, for browsers that can only negate a whole query:
//! `(width < 40rem)` becomes `not all and (min-width: 40rem)`. The printer writes
//! `not (min-width: 40rem)`, which came with comparisons.

use lightningcss::{
    media_query::{
        MediaCondition, MediaFeature, MediaFeatureComparison, MediaQuery, MediaType, Qualifier,
    },
    rules::{CssRule, CssRuleList},
    stylesheet::StyleSheet,
};

use super::{blocks, parse::options, texts::Form};

/// Rewrites the queries that some target would not understand.
pub(super) fn negate_whole_queries(rules: &mut CssRuleList<'_>, form: Form) {
    if lacks_comparisons(form) {
        visit(rules);
    }
}

/// Whether the printer replaces comparisons for the targets.
fn lacks_comparisons(form: Form) -> bool {
    let probe = StyleSheet::parse("@media (width<1px){a{b:c}}", options(None)).ok();
    let printed = probe.and_then(|probe| probe.to_css(form.options()).ok());
    form.targets.browsers.is_some() && printed.is_some_and(|printed| printed.code.contains("not"))
}

fn visit(rules: &mut CssRuleList<'_>) {
    for rule in &mut rules.0 {
        if let CssRule::Media(media) = rule {
            media.query.media_queries.iter_mut().for_each(negate);
        }
        if let CssRule::Style(style) = rule {
            visit(&mut style.rules);
        } else if let Some(inner) = blocks::inner(rule) {
            visit(inner);
        }
    }
}

fn negate(query: &mut MediaQuery<'_>) {
    use MediaFeatureComparison::{GreaterThan, GreaterThanEqual, LessThan, LessThanEqual};
    if query.qualifier.is_some() || query.media_type != MediaType::All {
        return;
    }
    let opposite = match query.condition.take() {
        Some(MediaCondition::Not(condition))
            if matches!(*condition, MediaCondition::Feature(_)) =>
        {
            *condition
        }
        Some(MediaCondition::Feature(MediaFeature::Range {
            name,
            operator: operator @ (LessThan | GreaterThan),
            value,
        })) => {
            let operator = if operator == LessThan { GreaterThanEqual } else { LessThanEqual };
            MediaCondition::Feature(MediaFeature::Range { name, operator, value })
        }
        other => {
            query.condition = other;
            return;
        }
    };
    query.qualifier = Some(Qualifier::Not);
    query.condition = Some(opposite);
}
