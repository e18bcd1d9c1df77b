//! Parses a template to elements as Vue 2.7's parser does, its mistakes included. The values of
//! bindings stay JavaScript texts. Their names get `_vm.` or `_setup.` only later, in the generated
//! program.
//!
//! An open element is a `Draft`. It gets its place in the tree when it is closed, because most of
//! its attributes can only be understood when its children are known.

use bundle_base::diagnostic::Label;
use rustc_hash::FxHashMap;

use self::{builder::Builder, draft::Draft};
use super::tree::{Attribute, Branch, Condition, Element, ElementId, Node, Tree};
use crate::{
    html::{Event, StartTag, Tags, decode_attribute, tokenize},
    mapped_code::MappedCode,
    messages::{render::nested_too_deeply, template as messages},
};

mod assets; // attributes that refer to files
mod attributes; // bindings, handlers, directives, plain attributes
mod builder; // the tree while tags are read
mod content; // text, white space and comments
mod context; // the input besides the template
mod draft; // an element while it is open
mod events; // one handler
mod filters; // `value | filter`
mod input; // `<input v-model :type>`, one element for each kind of input
mod process; // all attributes of an element, in order
mod repeat; // `v-for`
mod slots; // `slot`, `slot-scope`, `v-slot`
mod style; // static `class` and `style`
mod table; // Vue's lists of tags
mod target; // the code that `v-model` and `.sync` assign with
mod text; // interpolations

#[cfg(test)]
mod tests;

pub(crate) use context::Context;
pub(crate) use filters::parse_filters;
pub(crate) use table::is_reserved;
pub(crate) use target::assignment;
pub(crate) use text::parse_text;

/// How deep elements may nest: as deep as browsers allow. Later passes walk the tree recursively.
const DEEPEST: usize = 500;

/// Parses a template. Mistakes are reported in the log; what could be read is returned
/// nevertheless.
pub(crate) fn parse(template: &MappedCode, cx: &mut Context<'_>) -> Tree {
    let template = template.clone().shared().trimmed();
    let mut builder = Builder::new(&template, cx);
    for event in tokenize(template.text(), Tags::Html) {
        if let Event::Start(tag) = &event
            && builder.open.len() >= DEEPEST
        {
            builder.cx.report(template.span(tag.span.clone()), nested_too_deeply);
            return Tree::default();
        }
        builder.read(event);
    }
    builder.tree
}

impl Builder<'_, '_> {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                self.advance(tag.span.start);
                self.start(&tag);
            }
            Event::End { span, .. } => {
                if let Some(mut draft) = self.open.pop() {
                    draft.element.span.end = self.span(span).end;
                    self.close(draft);
                }
            }
            Event::Text(range) => {
                self.advance(range.start);
                self.text(range);
            }
            Event::Comment { content, .. } => self.comment(content),
            Event::Unclosed { tag, start_tag } => {
                self.cx.report(self.template.span(start_tag), |at| messages::unclosed_tag(at, tag));
            }
            // Vue ignores stray end tags and reports nothing.
            Event::Stray { .. } => {}
            Event::Malformed(range) => {
                self.cx.report(self.template.span(range), messages::malformed_tag);
            }
        }
    }

    fn start(&mut self, tag: &StartTag<'_>) {
        let mut draft = self.draft(tag);
        self.refuse_attributes(&draft, tag);
        self.refuse_side_effects(&mut draft);
        draft = input::expand(draft, &self.open, &mut self.tree, self.cx);
        if !self.is_in_v_pre {
            draft.element.is_pre = draft.take("v-pre").is_some();
            self.is_in_v_pre = draft.element.is_pre;
        }
        self.is_in_pre |= draft.element.tag == "pre";
        if self.is_in_v_pre {
            process::process_raw(&mut draft);
        } else if !draft.is_processed {
            process::process_structure(&mut draft, self.cx);
            draft.is_in_for |= draft.element.repeat.is_some();
        }
        if self.tree.root.is_none() {
            self.tree.root = Some(draft.id);
            self.refuse_as_root(&draft);
        }
        if tag.is_unary {
            self.close(draft);
        } else {
            self.open.push(draft);
        }
    }

    fn draft(&mut self, tag: &StartTag<'_>) -> Draft {
        let attribute = |attribute: &crate::html::Attribute<'_>| {
            let start = attribute.span.start;
            let value = attribute.value.clone().map(|range| decode_attribute(self.slice(range)));
            Attribute {
                name: self.slice(start..start + attribute.name.len()),
                value: value.unwrap_or_default(),
                span: self.span(attribute.span.clone()),
            }
        };
        let parent = self.open.last();
        let span = self.span(tag.span.clone());
        let element = Element {
            tag: tag.name.to_owned(),
            is_reserved: table::is_reserved(tag.name),
            span,
            start_tag: span,
            attributes: tag.attributes.iter().map(attribute).collect(),
            parent: parent.map(|parent| parent.id),
            namespace: parent
                .and_then(|parent| parent.element.namespace)
                .or_else(|| table::namespace(tag.name)),
            ..Element::default()
        };
        let is_in_for = parent.is_some_and(|parent| parent.is_in_for);
        let mut draft = Draft::new(self.tree.next_id(), Box::new(element));
        draft.is_in_for = is_in_for;
        draft
    }

    /// Reports attributes that occur twice, and names with characters that names cannot have.
    fn refuse_attributes(&mut self, draft: &Draft, tag: &StartTag<'_>) {
        /// So many attributes are compared with each other. A table would cost more.
        const FEW: usize = 16;
        let attributes =
            if draft.may_repeat_attributes() { &draft.element.attributes[..] } else { &[] };
        let mut values: FxHashMap<&str, &MappedCode> = FxHashMap::default();
        for (at, attribute) in attributes.iter().enumerate() {
            let name = attribute.name.text();
            let earlier = if attributes.len() > FEW {
                values.insert(name, &attribute.value)
            } else {
                let same = attributes[..at].iter().rev().find(|other| other.name.text() == name);
                same.map(|other| &other.value)
            };
            // An attribute without a value may be repeated.
            if earlier.is_some_and(|value| !value.is_empty()) {
                self.cx.report(attribute.span, |at| {
                    messages::duplicate_attribute(at, attribute.name.text())
                });
            }
        }
        for attribute in &tag.attributes {
            let is_invalid = |c: char| {
                matches!(c, '"' | '\'' | '<' | '>' | '/' | '=') || crate::mapped_code::is_space(c)
            };
            // Only brackets can contain such characters.
            if attribute.name.contains('[') && attribute.name.contains(is_invalid) {
                let start = attribute.span.start;
                let bracket = attribute.name.find('[').unwrap_or(0);
                let range = start + bracket..start + attribute.name.len();
                self.cx.report(self.template.span(range), messages::invalid_argument);
            }
        }
    }

    /// Reports `<style>` and `<script>`, which are not rendered. A `<script>` of another type than
    /// JavaScript is allowed.
    fn refuse_side_effects(&mut self, draft: &mut Draft) {
        let is_script = || draft.value("type").is_none_or(|kind| kind.text() == "text/javascript");
        let tag = draft.element.tag.as_str();
        if tag == "style" || (tag == "script" && is_script()) {
            self.cx.report(draft.element.start_tag, |at| messages::side_effects(at, tag));
            draft.element.is_forbidden = true;
        }
    }

    /// Reports an element that cannot be the root: the root has to be exactly one element.
    fn refuse_as_root(&mut self, draft: &Draft) {
        let tag = &draft.element.tag;
        if tag == "slot" || tag == "template" {
            self.refuse_root(draft.element.start_tag, |at| messages::root_of_many(at, tag));
        }
        if let Some(attribute) = draft.element.attribute("v-for") {
            self.refuse_root(attribute.span, messages::repeated_root);
        }
    }

    fn close(&mut self, mut draft: Draft) {
        self.trim_end(&mut draft);
        if !self.is_in_v_pre && !draft.is_processed {
            process::process(&mut draft, &self.open, &mut self.tree, self.cx);
        }
        if self.open.is_empty() && self.tree.root != Some(draft.id) {
            self.add_to_root(&draft);
        }
        self.add_to_parent(&draft);
        draft.element.children =
            slots::without_scoped(std::mem::take(&mut draft.element.children), &self.tree);
        self.trim_end(&mut draft);
        if draft.element.is_pre {
            self.is_in_v_pre = false;
        }
        if draft.element.tag == "pre" {
            self.is_in_pre = false;
        }
        assets::resolve_assets(&mut draft.element, self.cx.config);
        self.tree.put(draft.id, draft.element);
    }

    /// Handles a second element without a parent. It may be the `v-else` of the root.
    fn add_to_root(&mut self, draft: &Draft) {
        let Some(root) = self.tree.root else { return };
        if !self.tree[root].branches.is_empty() && draft.element.condition.is_otherwise() {
            self.refuse_as_root(draft);
            self.tree[root].branches.push(branch(draft));
        } else {
            let first = Label::new(self.cx.source, self.tree[root].start_tag);
            self.refuse_root(draft.element.start_tag, |at| messages::several_roots(at, first));
        }
    }

    fn add_to_parent(&mut self, draft: &Draft) {
        if self.open.is_empty() || draft.element.is_forbidden {
            return;
        }
        if draft.element.condition.is_otherwise() {
            self.add_to_condition(draft);
        } else if let Some(parent) = self.open.last_mut() {
            if draft.element.slot.scope.is_some() {
                let target = draft.element.slot.target.clone();
                parent
                    .put_slot(target.unwrap_or_else(|| MappedCode::made("\"default\"")), draft.id);
            }
            // An element for a slot is a child too until the parent is closed: the element that
            // follows may be its `v-else`.
            parent.element.children.push(Node::Element(draft.id));
        }
    }

    /// Adds an element with `v-else` or `v-else-if` to the branches of the element before it.
    fn add_to_condition(&mut self, draft: &Draft) {
        match self.previous_element() {
            Some(previous) if !self.tree[previous].branches.is_empty() => {
                self.tree[previous].branches.push(branch(draft));
            }
            _ => {
                let is_else = matches!(draft.element.condition, Condition::Else);
                let name = if is_else { "v-else" } else { "v-else-if" };
                let span = draft
                    .element
                    .attribute(name)
                    .map_or(draft.element.start_tag, |attribute| attribute.span);
                let tag = &draft.element.tag;
                self.cx.report(span, |at| messages::else_without_if(at, name, tag));
            }
        }
    }

    /// Returns the last child element of the open element. Drops the text after that element, and
    /// reports it if it is visible.
    fn previous_element(&mut self) -> Option<ElementId> {
        let children = &mut self.open.last_mut()?.element.children;
        loop {
            match children.last()? {
                Node::Element(id) => return Some(*id),
                Node::Expression { text, .. } | Node::Text(text) | Node::Comment(text) => {
                    if text.text() != " " {
                        let trimmed = text.trimmed();
                        let span = if trimmed.is_empty() {
                            text.whole_span()
                        } else {
                            trimmed.whole_span()
                        };
                        self.cx
                            .report(span, |at| messages::text_between_branches(at, trimmed.text()));
                    }
                    children.pop();
                }
            }
        }
    }
}

fn branch(draft: &Draft) -> Branch {
    let test = match &draft.element.condition {
        Condition::ElseIf(test) => Some(test.clone()),
        Condition::None | Condition::If | Condition::Else => None,
    };
    Branch { test, element: draft.id }
}
