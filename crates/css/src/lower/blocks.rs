//! Visits the declarations of a parsed stylesheet, in rules, nested rules, keyframes and at-rules.

use lightningcss::{
    declaration::DeclarationBlock,
    properties::Property,
    rules::{CssRule, CssRuleList},
};

/// Visits every list of declarations. A block has two: those that are not `!important`, and those
/// that are.
pub(super) fn each<'i>(rules: &mut CssRuleList<'i>, visit: &mut dyn FnMut(&mut Vec<Property<'i>>)) {
    for rule in &mut rules.0 {
        if let CssRule::Style(rule) = rule {
            of(&mut rule.declarations, visit);
            each(&mut rule.rules, visit);
        } else if let CssRule::Nesting(rule) = rule {
            of(&mut rule.style.declarations, visit);
            each(&mut rule.style.rules, visit);
        } else if let CssRule::NestedDeclarations(rule) = rule {
            of(&mut rule.declarations, visit);
        } else if let CssRule::Keyframes(rule) = rule {
            rule.keyframes.iter_mut().for_each(|frame| of(&mut frame.declarations, visit));
        } else if let Some(inner) = inner(rule) {
            each(inner, visit);
        }
    }
}

/// Returns the rules in the block of an at-rule.
pub(super) fn inner<'r, 'i>(rule: &'r mut CssRule<'i>) -> Option<&'r mut CssRuleList<'i>> {
    if let CssRule::Media(rule) = rule {
        Some(&mut rule.rules)
    } else if let CssRule::Supports(rule) = rule {
        Some(&mut rule.rules)
    } else if let CssRule::LayerBlock(rule) = rule {
        Some(&mut rule.rules)
    } else if let CssRule::Container(rule) = rule {
        Some(&mut rule.rules)
    } else if let CssRule::Scope(rule) = rule {
        Some(&mut rule.rules)
    } else if let CssRule::StartingStyle(rule) = rule {
        Some(&mut rule.rules)
    } else if let CssRule::MozDocument(rule) = rule {
        Some(&mut rule.rules)
    } else {
        None
    }
}

fn of<'i>(block: &mut DeclarationBlock<'i>, visit: &mut dyn FnMut(&mut Vec<Property<'i>>)) {
    visit(&mut block.declarations);
    visit(&mut block.important_declarations);
}
