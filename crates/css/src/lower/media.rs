//! Media queries with `<` and `>`, for browsers that can only negate a whole query.
//! `(width < 40rem)` becomes `not all and (min-width: 40rem)`. A query with another part cannot be
//! negated like this: `screen and (width < 40rem)` becomes `screen and (max-width: 39.9988rem)`.
//! The printer writes `not (min-width: 40rem)` for both, which came with comparisons.

use lightningcss::{
    media_query::{
        MediaCondition, MediaFeature, MediaFeatureComparison, MediaFeatureValue, MediaQuery,
        MediaType, Operator, Qualifier,
    },
    rules::{CssRule, CssRuleList},
    stylesheet::StyleSheet,
    values::length::{Length, LengthValue},
};

use super::{blocks, hidden_texts::Form, parse::options};

/// How much less a width is that is less than another, in pixels. Safari rounds smaller parts.
const PIXELS: f32 = 0.02;

/// Rewrites the queries that some target would not understand.
pub(super) fn without_comparisons(rules: &mut CssRuleList<'_>, form: Form) {
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
            for query in &mut media.query.media_queries {
                negate(query);
                query.condition = query.condition.take().map(approximated);
            }
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

/// Returns a condition with `<=` and `>=` in place of `<` and `>` beside lengths.
fn approximated(condition: MediaCondition<'_>) -> MediaCondition<'_> {
    let (conditions, is_list) = match condition {
        MediaCondition::Operation { operator: Operator::And, conditions } => (conditions, true),
        MediaCondition::Feature(_) => (vec![condition], false),
        MediaCondition::Not(_) | MediaCondition::Operation { .. } | MediaCondition::Unknown(_) => {
            return condition;
        }
    };
    let mut conditions: Vec<MediaCondition<'_>> = conditions.into_iter().flat_map(parts).collect();
    match conditions.pop() {
        Some(condition) if conditions.is_empty() && !is_list => condition,
        last => {
            conditions.extend(last);
            MediaCondition::Operation { operator: Operator::And, conditions }
        }
    }
}

/// Returns the conditions that say together what one says.
fn parts(condition: MediaCondition<'_>) -> Vec<MediaCondition<'_>> {
    let range = |name, operator, value| {
        let (operator, value) = inclusive(operator, value);
        MediaCondition::Feature(MediaFeature::Range { name, operator, value })
    };
    match condition {
        MediaCondition::Feature(MediaFeature::Range { name, operator, value }) => {
            vec![range(name, operator, value)]
        }
        MediaCondition::Feature(MediaFeature::Interval {
            name,
            start,
            start_operator,
            end,
            end_operator,
        }) => {
            vec![
                range(name.clone(), opposite(start_operator), start),
                range(name, end_operator, end),
            ]
        }
        MediaCondition::Feature(MediaFeature::Plain { .. } | MediaFeature::Boolean { .. })
        | MediaCondition::Not(_)
        | MediaCondition::Operation { .. }
        | MediaCondition::Unknown(_) => vec![condition],
    }
}

/// Returns the comparison with its sides exchanged.
fn opposite(operator: MediaFeatureComparison) -> MediaFeatureComparison {
    use MediaFeatureComparison::{Equal, GreaterThan, GreaterThanEqual, LessThan, LessThanEqual};
    match operator {
        Equal => Equal,
        GreaterThan => LessThan,
        GreaterThanEqual => LessThanEqual,
        LessThan => GreaterThan,
        LessThanEqual => GreaterThanEqual,
    }
}

/// Returns a comparison that includes its value, which is a little more or less, if that is a
/// length in pixels or in a unit of fonts.
fn inclusive(
    operator: MediaFeatureComparison,
    value: MediaFeatureValue<'_>,
) -> (MediaFeatureComparison, MediaFeatureValue<'_>) {
    use MediaFeatureComparison::{GreaterThan, GreaterThanEqual, LessThan, LessThanEqual};
    let (inclusive, sign) = match operator {
        LessThan => (LessThanEqual, -1.),
        GreaterThan => (GreaterThanEqual, 1.),
        MediaFeatureComparison::Equal | LessThanEqual | GreaterThanEqual => {
            return (operator, value);
        }
    };
    // A font has 16 pixels unless the user chose another size.
    let MediaFeatureValue::Length(Length::Value(length)) = &value else {
        return (operator, value);
    };
    let moved = if let LengthValue::Px(px) = length {
        LengthValue::Px(px + sign * PIXELS)
    } else if let LengthValue::Em(em) = length {
        LengthValue::Em(em + sign * PIXELS / 16.)
    } else if let LengthValue::Rem(rem) = length {
        LengthValue::Rem(rem + sign * PIXELS / 16.)
    } else {
        return (operator, value);
    };
    (inclusive, MediaFeatureValue::Length(Length::Value(moved)))
}
