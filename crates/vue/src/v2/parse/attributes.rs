//! Sorts out the attributes that remain once those with a meaning of their own are taken: bindings,
//! handlers, directives and plain attributes.

use std::ops::Range;

use indexmap::IndexSet;

use super::{
    context::Context,
    draft::{Draft, renamed},
    events::{Listener, add_handler},
    filters::parse_filters,
    table,
    target::assignment,
    text::parse_text,
};
use crate::{
    mapped_code::MappedCode,
    messages::template as messages,
    v2::{
        spelling::{camelized, hyphenated},
        tree::{Attribute, Directive},
    },
};

/// What is the same for all attributes of an element.
struct Setting<'a> {
    /// The elements that contain it, from the root down.
    around: &'a [Draft],
    /// Its static `type`. It is looked up once because an element may have very many attributes.
    kind: Option<MappedCode>,
}

impl Setting<'_> {
    /// Whether a binding of the attribute sets the DOM property. Components always get attributes.
    fn wants_property(&self, draft: &Draft, attribute: &str) -> bool {
        let element = &draft.element;
        let kind = self.kind.as_ref().map(MappedCode::text);
        element.component.is_none() && table::must_be_property(&element.tag, kind, attribute)
    }
}

/// Sorts out all attributes that have not been taken. `around`: the elements that contain it, from
/// the root down.
pub(super) fn process_attributes(draft: &mut Draft, around: &[Draft], cx: &mut Context<'_>) {
    let setting = Setting { around, kind: draft.value("type").cloned() };
    // The attributes stay in the list, because `v-pre` reads them again.
    let (left, attributes) =
        (std::mem::take(&mut draft.left), std::mem::take(&mut draft.element.attributes));
    for attribute in left.iter().map(|index| &attributes[*index]) {
        if is_directive(attribute.name.text()) {
            process_directive(draft, attribute, &setting, cx);
        } else {
            process_literal(draft, attribute, &setting, cx);
        }
    }
    (draft.left, draft.element.attributes) = (left, attributes);
}

/// Whether the name has the prefix of a directive.
pub(super) fn is_directive(name: &str) -> bool {
    name.starts_with(['@', ':', '#']) || name.starts_with("v-")
}

/// Handles an attribute that has no meaning to Vue.
fn process_literal(
    draft: &mut Draft,
    attribute: &Attribute,
    setting: &Setting<'_>,
    cx: &mut Context<'_>,
) {
    refuse_interpolation(attribute, cx);
    if attribute.name.text() == "muted" && setting.wants_property(draft, "muted") {
        // Firefox ignores a `muted` attribute that is set after the element was created.
        draft.push_prop(attribute.name.clone(), MappedCode::made("true"), false);
    }
    draft.push_attr(attribute.name.clone(), attribute.value.quoted());
}

/// Reports an interpolation in an attribute, which Vue 1 allowed.
pub(super) fn refuse_interpolation(attribute: &Attribute, cx: &mut Context<'_>) {
    if parse_text(&attribute.value, &cx.config.delimiters).is_some() {
        cx.report(attribute.span, |at| {
            messages::interpolation_in_attribute(at, attribute.name.text())
        });
    }
}

fn process_directive(
    draft: &mut Draft,
    attribute: &Attribute,
    setting: &Setting<'_>,
    cx: &mut Context<'_>,
) {
    draft.element.has_bindings = true;
    let (name, modifiers) = without_modifiers(&attribute.name);
    if let Some(name) = after_prefix(&name, &[":", "v-bind:"]) {
        process_binding(draft, &Bound { name, modifiers, attribute }, setting, cx);
    } else if let Some(name) = after_prefix(&name, &["@", "v-on:"]) {
        let (name, is_dynamic) = argument(&name);
        let (value, span) = (attribute.value.clone(), attribute.span);
        add_handler(draft, Listener { name, is_dynamic, value, modifiers, span }, cx);
    } else {
        let name = after_prefix(&name, &["v-", "#"]).unwrap_or(name);
        process_other(draft, Bound { name, modifiers, attribute }, setting, cx);
    }
}

/// A directive with the parts of its name.
struct Bound<'a> {
    /// The name without prefix and modifiers.
    name: MappedCode,
    modifiers: Option<Vec<String>>,
    attribute: &'a Attribute,
}

impl Bound<'_> {
    fn has(&self, modifier: &str) -> bool {
        self.modifiers
            .as_ref()
            .is_some_and(|modifiers| modifiers.iter().any(|other| other == modifier))
    }
}

/// `:name="value"`.
fn process_binding(
    draft: &mut Draft,
    bound: &Bound<'_>,
    setting: &Setting<'_>,
    cx: &mut Context<'_>,
) {
    let value = parse_filters(&bound.attribute.value);
    let (mut name, is_dynamic) = argument(&bound.name);
    if value.is_empty() {
        cx.report(bound.attribute.span, |at| messages::empty_binding(at, name.text()));
    }
    let is_prop = bound.has("prop");
    if !is_dynamic && (is_prop || bound.has("camel")) {
        name = renamed(&name, &camelized(name.text()));
        if is_prop && name.text() == "innerHtml" {
            name = renamed(&name, "innerHTML");
        }
    }
    if bound.has("sync") {
        process_sync(
            draft,
            &Synced { name: &name, is_dynamic, value: &value, attribute: bound.attribute },
            cx,
        );
    }
    if is_prop || setting.wants_property(draft, name.text()) {
        draft.push_prop(name, value, is_dynamic);
    } else if is_dynamic {
        draft.push_dynamic_attr(name, value);
    } else {
        draft.push_attr(name, value);
    }
}

/// A binding with `.sync`, which the component writes back.
struct Synced<'a> {
    name: &'a MappedCode,
    is_dynamic: bool,
    value: &'a MappedCode,
    attribute: &'a Attribute,
}

/// Adds the handlers of `.sync`, which assign the new value. Components may spell the event's name
/// in camel case or with hyphens.
fn process_sync(draft: &mut Draft, synced: &Synced<'_>, cx: &mut Context<'_>) {
    let assign = assignment(synced.value, "$event");
    let (start, names, end) = if synced.is_dynamic {
        ("\"update:\"+(", vec![synced.name.clone()], ")")
    } else {
        let [camel, hyphens] = [camelized, hyphenated].map(|spelt| spelt(synced.name.text()));
        let mut names = vec![renamed(synced.name, &camel), renamed(synced.name, &hyphens)];
        names.dedup_by(|second, first| second.text() == first.text());
        ("update:", names, "")
    };
    for name in names {
        let mut event = MappedCode::made(start);
        event.push(&name);
        event.push_str(end);
        let (is_dynamic, span) = (synced.is_dynamic, synced.attribute.span);
        let listener =
            Listener { name: event, is_dynamic, value: assign.clone(), modifiers: None, span };
        add_handler(draft, listener, cx);
    }
}

/// Adds a directive that the generator or the runtime handles: `v-model`, `v-show`, the user's.
fn process_other(draft: &mut Draft, bound: Bound<'_>, setting: &Setting<'_>, cx: &mut Context<'_>) {
    let text = bound.name.text();
    let colon = text.find(':').filter(|colon| colon + 1 < text.len());
    let name = text[..colon.unwrap_or(text.len())].to_owned();
    let written = colon.map(|colon| argument(&bound.name.slice(colon + 1..text.len())));
    let (argument, is_argument_dynamic) =
        written.map_or((None, false), |(name, is_dynamic)| (Some(name), is_dynamic));
    if name == "model" {
        refuse_alias(draft, bound.attribute, setting, cx);
    }
    draft.element.is_plain = false;
    draft.element.data.directives.push(Directive {
        name,
        raw_name: bound.attribute.name.clone(),
        value: bound.attribute.value.clone(),
        argument,
        is_argument_dynamic,
        modifiers: bound.modifiers,
        span: bound.attribute.span,
    });
}

/// Reports `v-model` on the alias of a `v-for`: it would assign to a parameter.
fn refuse_alias(draft: &Draft, attribute: &Attribute, setting: &Setting<'_>, cx: &mut Context<'_>) {
    let target = attribute.value.text();
    let repeats = setting.around.iter().map(|outer| &outer.element).chain([&draft.element]);
    if repeats
        .filter_map(|element| element.repeat.as_ref())
        .any(|repeat| repeat.alias.text() == target)
    {
        cx.report(attribute.span, |at| messages::model_of_alias(at, target));
    }
}

/// Returns a name without `.modifiers`, and the modifiers. `None` if there are none.
fn without_modifiers(name: &MappedCode) -> (MappedCode, Option<Vec<String>>) {
    let ranges = modifiers(name.text());
    if ranges.is_empty() {
        return (name.clone(), None);
    }
    let mut rest = MappedCode::default();
    let mut names = IndexSet::new();
    let mut at = 0;
    for range in ranges {
        rest.push_slice(name, at..range.start);
        at = range.end;
        names.insert(name.text()[range.start + 1..range.end].to_owned());
    }
    rest.push_slice(name, at..name.text().len());
    (rest, Some(names.into_iter().collect()))
}

/// Returns the ranges of the modifiers of a name, with their dots. They are after the last bracket.
fn modifiers(name: &str) -> Vec<Range<usize>> {
    let after_argument = name.rfind(']').map_or(0, |at| at + 1);
    let dots = name[after_argument..].match_indices('.').map(|(at, _)| after_argument + at);
    let range =
        |dot: usize| dot..name[dot + 1..].find('.').map_or(name.len(), |length| dot + 1 + length);
    dots.map(range).filter(|range| range.len() > 1).collect()
}

fn after_prefix(name: &MappedCode, prefixes: &[&str]) -> Option<MappedCode> {
    let prefix = prefixes.iter().find(|prefix| name.text().starts_with(**prefix))?;
    Some(name.slice(prefix.len()..name.text().len()))
}

/// Returns the argument of a directive and whether it is dynamic: a name, or the expression in
/// `[…]`.
pub(super) fn argument(name: &MappedCode) -> (MappedCode, bool) {
    let text = name.text();
    let is_dynamic = text.len() > 1
        && text.starts_with('[')
        && text.ends_with(']')
        && !text.contains(['\n', '\r', '\u{2028}', '\u{2029}']);
    if is_dynamic { (name.slice(1..text.len() - 1), true) } else { (name.clone(), false) }
}
