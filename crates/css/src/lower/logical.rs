//! Lowers logical properties for browsers that lack them. Properties that do not depend on the
//! direction of the text become physical: `margin-block: 1px`, `padding-inline: 1px`. Properties
//! that depend on it stay, and the page's usual direction is added, only for browsers that lack
//! them:
//!
//! ```css
//! .a{margin-inline-start:1px}
//! @supports not (margin-inline-start:0){.a{margin-left:1px}}
//! ```
//!
//! The printer would write selectors with twenty `:lang()` for each, which outweigh other rules,
//! do not see `dir`, and lose `!important`. Text is taken to run horizontally.

use bundle_base::config::Target;
use lightningcss::{
    declaration::DeclarationBlock,
    properties::{Property, PropertyId, transition::Transition},
    rules::{
        CssRule, CssRuleList, Location,
        nesting::NestedDeclarationsRule,
        style::StyleRule,
        supports::{SupportsCondition, SupportsRule},
    },
};

use super::{blocks, targets};

mod properties; // the physical properties of logical ones
#[cfg(test)]
mod tests;

use properties::{DependsOn, Group, Physical};

pub(crate) use properties::Direction;

/// Lowers the logical properties of all rules. `direction` is the one of most pages.
pub(super) fn lower(rules: &mut CssRuleList<'_>, target: &Target, direction: Direction) {
    let lacking = Group::ALL.map(|group| targets::has_older(target, &group.since()));
    if lacking.contains(&true) {
        Lowering { lacking, direction }.rules(rules);
    }
}

#[derive(Clone, Copy)]
struct Lowering {
    /// Whether some browser lacks a group, in the order of `Group::ALL`.
    lacking: [bool; Group::ALL.len()],
    direction: Direction,
}

/// Declarations that a block has in addition, in browsers that lack a group.
type Fallbacks<'i> = Vec<(Group, DeclarationBlock<'i>)>;

impl Lowering {
    fn rules(self, rules: &mut CssRuleList<'_>) {
        let mut lowered = Vec::with_capacity(rules.0.len());
        for mut rule in rules.0.drain(..) {
            let mut behind = Vec::new();
            if let CssRule::Style(style) = &mut rule {
                behind = self.style(style);
            } else if let CssRule::NestedDeclarations(nested) = &mut rule {
                let loc = nested.loc;
                behind = wrapped(self.block(&mut nested.declarations), loc, |declarations| {
                    CssRule::NestedDeclarations(NestedDeclarationsRule { declarations, loc })
                });
            } else if let CssRule::Keyframes(keyframes) = &mut rule {
                for frame in &mut keyframes.keyframes {
                    self.block(&mut frame.declarations);
                }
            } else if let Some(inner) = blocks::inner(&mut rule) {
                self.rules(inner);
            }
            lowered.push(rule);
            lowered.extend(behind);
        }
        rules.0 = lowered;
    }

    /// Lowers a rule, and returns the rules that follow it.
    fn style<'i>(self, style: &mut StyleRule<'i>) -> Vec<CssRule<'i>> {
        self.rules(&mut style.rules);
        let loc = style.loc;
        let fallbacks = self.block(&mut style.declarations);
        if style.rules.0.is_empty() {
            return wrapped(fallbacks, loc, |declarations| {
                CssRule::Style(StyleRule {
                    selectors: style.selectors.clone(),
                    vendor_prefix: style.vendor_prefix,
                    declarations,
                    rules: CssRuleList(Vec::new()),
                    loc,
                })
            });
        }
        // Rules inside it may be overrides.
        let first = wrapped(fallbacks, loc, |declarations| {
            CssRule::NestedDeclarations(NestedDeclarationsRule { declarations, loc })
        });
        style.rules.0.splice(..0, first);
        Vec::new()
    }

    fn block<'i>(self, block: &mut DeclarationBlock<'i>) -> Fallbacks<'i> {
        let usual = self.declarations(&mut block.declarations);
        let important = self.declarations(&mut block.important_declarations);
        let groups = Group::ALL.into_iter().filter_map(|group| {
            let of_group = |all: &[(Group, Property<'i>)]| -> Vec<Property<'i>> {
                all.iter().filter(|(of, _)| *of == group).map(|(_, one)| one.clone()).collect()
            };
            let block = DeclarationBlock {
                declarations: of_group(&usual),
                important_declarations: of_group(&important),
            };
            (!block.is_empty()).then_some((group, block))
        });
        groups.collect()
    }

    /// Lowers declarations in place, and returns those for browsers that lack some of them.
    fn declarations<'i>(self, declarations: &mut Vec<Property<'i>>) -> Vec<(Group, Property<'i>)> {
        let mut lowered = Vec::with_capacity(declarations.len());
        let mut found = Vec::new();
        for mut property in declarations.drain(..) {
            self.transition(&mut property);
            let parts = properties::longhands(&property).filter(|_| self.lacks(Group::Shorthands));
            let is_ours = parts.is_some();
            let (longhands, is_same) = parts.unwrap_or_else(|| (vec![property], false));
            for longhand in longhands {
                match properties::physical(&longhand, self.direction) {
                    Some(Physical { group, depends_on, property }) if self.lacks(group) => {
                        if is_same || depends_on == DependsOn::Nothing {
                            lowered.push((property, true));
                        } else {
                            found.push((lowered.len(), group, property));
                            lowered.push((longhand, is_ours));
                        }
                    }
                    _ => lowered.push((longhand, is_ours)),
                }
            }
        }
        found.retain(|(at, _, physical)| {
            let id = physical.property_id();
            let is_overridden =
                lowered[at + 1..].iter().any(|(later, _)| covers(&later.property_id(), &id));
            // The author's own fallback.
            let is_there =
                lowered[..*at].iter().any(|(one, is_ours)| !is_ours && one.property_id() == id);
            !is_overridden && !is_there
        });
        let mut fallbacks = Vec::new();
        for (at, group, physical) in found {
            // What changes a part of it later does so after the fallback too.
            let id = physical.property_id();
            let later = lowered[at + 1..].iter().map(|(property, _)| property);
            let parts = later.filter(|later| changes_part(&later.property_id(), &id)).cloned();
            fallbacks.push((group, physical));
            fallbacks.extend(parts.map(|part| (group, part)));
        }
        declarations.extend(lowered.into_iter().map(|(property, _)| property));
        fallbacks
    }

    /// Adds the physical properties to the logical ones of a transition. Browsers ignore names that
    /// they do not know.
    fn transition(self, property: &mut Property<'_>) {
        let physical = |id: &PropertyId<'_>| {
            let (group, _, physical) = properties::physical_id(id, self.direction)?;
            self.lacks(group).then_some(physical)
        };
        if let Property::Transition(list, _) = property {
            for at in (0..list.len()).rev() {
                if let Some(physical) = physical(&list[at].property) {
                    let added = Transition { property: physical, ..list[at].clone() };
                    list.insert(at + 1, added);
                }
            }
        } else if let Property::TransitionProperty(list, _) = property {
            for at in (0..list.len()).rev() {
                if let Some(physical) = physical(&list[at]) {
                    list.insert(at + 1, physical);
                }
            }
        }
    }

    fn lacks(self, group: Group) -> bool {
        self.lacking[group as usize]
    }
}

/// Returns the rules that apply declarations where a group is lacking.
fn wrapped<'i>(
    fallbacks: Fallbacks<'i>,
    loc: Location,
    rule: impl Fn(DeclarationBlock<'i>) -> CssRule<'i>,
) -> Vec<CssRule<'i>> {
    let supports = |(group, block): (Group, DeclarationBlock<'i>)| {
        let known =
            SupportsCondition::Declaration { property_id: group.example(), value: "0".into() };
        let condition = SupportsCondition::Not(Box::new(known));
        CssRule::Supports(SupportsRule { condition, rules: CssRuleList(vec![rule(block)]), loc })
    };
    fallbacks.into_iter().map(supports).collect()
}

/// Whether a declaration of the property `outer` sets the physical property `inner` as well.
fn covers(outer: &PropertyId<'_>, inner: &PropertyId<'_>) -> bool {
    let (outer, inner) = (outer.name(), inner.name());
    if outer == inner {
        return true;
    }
    if inner.ends_with("-radius") {
        return outer == "border-radius";
    }
    let is_same_part = || match (outer.strip_prefix("border-"), inner.strip_prefix("border-")) {
        (Some(part), Some(inner)) => inner.ends_with(&format!("-{part}")),
        _ => false,
    };
    let is_group = inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('-'));
    is_group || is_same_part() || outer == "inset" && ["left", "right"].contains(&inner)
}

/// Whether a declaration of the property `later` changes a part of `border-left` or `border-right`.
fn changes_part(later: &PropertyId<'_>, side: &PropertyId<'_>) -> bool {
    let (later, side) = (later.name(), side.name());
    let is_side = ["border-left", "border-right"].contains(&side);
    let is_of_all = ["border-color", "border-style", "border-width"].contains(&later);
    is_side && (is_of_all || later.strip_prefix(side).is_some_and(|rest| rest.starts_with('-')))
}
