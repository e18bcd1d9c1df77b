//! Keeps style rules apart that the printer would merge with others, or remove:
//!
//! - A rule before another one with the same selectors and properties. The printer removes it
//!   whatever the values are: a fallback, an `!important`, or the only value that is valid.
//! - A rule with several selectors, one of which some browser lacks. The printer gives that one a
//!   rule of its own, but forgets it if the others were merged with the rule before.
//! - Hacks: next to a selector that a browser does not know, it ignores all others.

use lightningcss::{
    declaration::DeclarationBlock,
    rules::{CssRule, CssRuleList, layer::LayerName, style::StyleRule},
    selector::{Component, PseudoClass, Selector, SelectorList},
    stylesheet::StyleSheet,
    targets::Targets,
    vendor_prefix::VendorPrefix,
};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

use super::{blocks, hacks, hidden_texts, parse::options};

/// Splits rules for the targets, and marks those that must not be merged or removed: with a rule
/// inside, which prints nothing.
pub(super) fn keep(rules: &mut CssRuleList<'_>, targets: Targets) {
    if targets.browsers.is_some() {
        let forgiving = StyleSheet::parse(":is(a){b:c}", options(None)).ok();
        let first = forgiving.as_ref().and_then(|parsed| parsed.rules.0.first());
        let has_is = matches!(first, Some(CssRule::Style(rule)) if rule.is_compatible(targets));
        split(rules, Support { targets, has_is });
    }
    let mut scope = Vec::new();
    visit(rules, &mut scope);
    mark(scope);
}

/// Removes the marks.
pub(super) fn without_marks(rules: &mut CssRuleList<'_>) {
    for rule in &mut rules.0 {
        if let CssRule::Style(style) = rule {
            style.rules.0.retain(|inner| !matches!(inner, CssRule::Ignored));
            without_marks(&mut style.rules);
            if style.is_empty() {
                *rule = CssRule::Ignored;
            }
        } else if let Some(inner) = blocks::inner(rule) {
            without_marks(inner);
        }
    }
}

#[derive(Clone, Copy)]
struct Support {
    targets: Targets,
    /// Whether all targets have `:is()`, which takes selectors that they do not know.
    has_is: bool,
}

fn split(rules: &mut CssRuleList<'_>, support: Support) {
    let mut done = Vec::with_capacity(rules.0.len());
    for mut rule in rules.0.drain(..) {
        let mut alone = Vec::new();
        if let CssRule::Style(style) = &mut rule {
            split(&mut style.rules, support);
            alone = take_incompatible(style, support);
            if style.selectors.0.is_empty() {
                done.extend(alone);
                continue;
            }
        } else if let Some(inner) = blocks::inner(&mut rule) {
            split(inner, support);
        }
        done.push(rule);
        done.extend(alone);
    }
    rules.0 = done;
}

/// Takes the selectors that some target lacks out of a rule with several, and returns a rule for
/// each of them.
fn take_incompatible<'i>(style: &mut StyleRule<'i>, support: Support) -> Vec<CssRule<'i>> {
    let selectors = &style.selectors.0;
    if selectors.len() < 2 || style.is_compatible(support.targets) {
        return Vec::new();
    }
    // The printer writes these as one `:is(…)`.
    let weight = selectors[0].specificity();
    let is_alike = |selector: &Selector<'_>| {
        selector.specificity() == weight && !selector.has_pseudo_element()
    };
    if support.has_is && selectors.iter().all(is_alike) {
        return Vec::new();
    }
    let with_only = |selector: &Selector<'i>| {
        let mut selectors = style.selectors.clone();
        selectors.0.truncate(1);
        selectors.0[0] = selector.clone();
        selectors
    };
    let is_compatible = |selectors: SelectorList<'i>| {
        let rule: StyleRule<'_> = StyleRule {
            selectors,
            vendor_prefix: style.vendor_prefix,
            declarations: DeclarationBlock::default(),
            rules: CssRuleList(Vec::new()),
            loc: style.loc,
        };
        rule.is_compatible(support.targets)
    };
    let (kept, taken): (Vec<_>, Vec<_>) =
        selectors.iter().cloned().partition(|selector| is_compatible(with_only(selector)));
    let rule = |selector: &Selector<'i>| {
        CssRule::Style(StyleRule { selectors: with_only(selector), ..style.clone() })
    };
    let taken = taken.iter().map(rule).collect();
    style.selectors.0 = kept.into_iter().collect();
    taken
}

/// Adds the style rules of a list to those with which the printer may compare them. It joins
/// at-rules with one condition that follow each other, and layers with one name.
fn visit<'r, 'i>(rules: &'r mut CssRuleList<'i>, scope: &mut Vec<Scoped<'r, 'i>>) {
    // The printer drops empty rules first.
    let mut before: Option<&CssRule<'i>> = None;
    let mut follows = Vec::with_capacity(rules.0.len());
    for rule in &rules.0 {
        follows.push(before.is_some_and(|before| have_one_condition(before, rule)));
        before = if is_empty(rule) { before } else { Some(rule) };
    }
    let mut inner_scope = Vec::new();
    let mut layers: FxHashMap<LayerName<'i>, Vec<Scoped<'r, 'i>>> = FxHashMap::default();
    let mut is_after_style = false;
    for (rule, follows) in rules.0.iter_mut().zip(follows) {
        if is_empty(rule) {
            continue;
        }
        if let CssRule::Style(style) = rule {
            scope.push(Scoped { style, is_after_style });
            is_after_style = true;
            continue;
        }
        is_after_style = false;
        let layer = if let CssRule::LayerBlock(layer) = &*rule { layer.name.clone() } else { None };
        let Some(inner) = blocks::inner(rule) else { continue };
        if let Some(layer) = layer {
            visit(inner, layers.entry(layer).or_default());
            continue;
        }
        if !follows {
            mark(std::mem::take(&mut inner_scope));
        }
        visit(inner, &mut inner_scope);
    }
    mark(inner_scope);
    layers.into_values().for_each(mark);
}

/// A style rule, and whether another one is right before it.
struct Scoped<'r, 'i> {
    style: &'r mut StyleRule<'i>,
    is_after_style: bool,
}

fn is_empty(rule: &CssRule<'_>) -> bool {
    let inner = if let CssRule::Style(style) = rule {
        return style.is_empty();
    } else if let CssRule::Media(media) = rule {
        &media.rules
    } else if let CssRule::Supports(supports) = rule {
        &supports.rules
    } else if let CssRule::Container(container) = rule {
        &container.rules
    } else {
        return matches!(rule, CssRule::Ignored);
    };
    inner.0.iter().all(is_empty)
}

fn have_one_condition<'i>(one: &CssRule<'i>, other: &CssRule<'i>) -> bool {
    match (one, other) {
        (CssRule::Media(one), CssRule::Media(other)) => one.query == other.query,
        (CssRule::Supports(one), CssRule::Supports(other)) => one.condition == other.condition,
        (CssRule::Container(one), CssRule::Container(other)) => {
            one.name == other.name && one.condition == other.condition
        }
        _ => false,
    }
}

/// Marks those of some rules that the printer must not compare with others, and visits the rules
/// inside of them.
fn mark(mut scope: Vec<Scoped<'_, '_>>) {
    let hasher = FxBuildHasher;
    let keys: Vec<u64> = scope.iter().map(|rule| hasher.hash_one(&rule.style.selectors)).collect();
    // For each list of selectors, the first rule, and the first with other declarations than that:
    // whatever a later rule has differs from one of them.
    let mut firsts: FxHashMap<u64, (usize, Option<usize>)> = FxHashMap::default();
    for (at, key) in keys.iter().enumerate() {
        let (first, other) = firsts.entry(*key).or_insert((at, None));
        let is_compared = at > *first && other.is_none();
        if is_compared && scope[*first].style.declarations != scope[at].style.declarations {
            *other = Some(at);
        }
    }
    // Rules that follow each other with the same selectors become one, unless they are marked.
    let mut first_of_run: Vec<usize> = Vec::with_capacity(scope.len());
    for at in 0..scope.len() {
        let goes_on = at > 0 && scope[at].is_after_style && keys[at] == keys[at - 1];
        first_of_run.push(if goes_on { first_of_run[at - 1] } else { at });
    }
    let overrides = |at: usize| {
        let (first, other) = firsts[&keys[at]];
        let mut earlier =
            [Some(first), other].into_iter().flatten().filter(|other| *other < first_of_run[at]);
        let declarations = &scope[at].style.declarations;
        earlier.any(|other| scope[other].style.declarations != *declarations)
    };
    let marked: Vec<bool> = (0..scope.len())
        .map(|at| {
            let style = &scope[at].style;
            style.rules.0.is_empty()
                && !style.declarations.is_empty()
                && (style.selectors.0.iter().any(is_hack) || overrides(at))
        })
        .collect();
    for (rule, is_marked) in scope.iter_mut().zip(marked) {
        let mut nested = Vec::new();
        visit(&mut rule.style.rules, &mut nested);
        mark(nested);
        if is_marked {
            rule.style.rules.0.push(CssRule::Ignored);
        }
    }
}

/// Whether a selector is a hack, or one of those that old browsers have instead of
/// `:placeholder-shown` and `::placeholder`: the printer takes them for one.
fn is_hack(selector: &Selector<'_>) -> bool {
    selector.iter_raw_match_order().any(|component| {
        if let Component::LocalName(name) = component {
            name.name.starts_with(hacks::NAME)
        } else if let Component::Class(name) = component {
            name.starts_with(hidden_texts::NAME)
        } else if let Component::NonTSPseudoClass(PseudoClass::PlaceholderShown(prefix)) = component
        {
            *prefix != VendorPrefix::None
        } else {
            false
        }
    })
}
