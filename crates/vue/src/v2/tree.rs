//! A template as elements, with everything its attributes mean sorted out: what `parse` makes and
//! `generate` reads. Elements are in one table and name each other by index, because slots and
//! conditions point across the tree.
//!
//! Values of bindings are texts of JavaScript, as in Vue's own compiler: a static attribute's value
//! is a string literal (`"\"a\""`).

use bundle_base::Span;

use crate::code::Code;

/// An element's place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementId(pub u32);

/// A template.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// In no order that matters.
    /// A kilobyte each, which would move whenever the table grows.
    elements: Vec<Option<Box<Element>>>,
    /// The root element; `None`: there is none.
    pub root: Option<ElementId>,
}

impl Tree {
    /// A place for an element, which is put there when all about it is known.
    pub fn next_id(&mut self) -> ElementId {
        let id = u32::try_from(self.elements.len())
            .expect("an element takes more than a byte of the file");
        self.elements.push(None);
        ElementId(id)
    }

    /// Puts an element into its place.
    pub fn put(&mut self, id: ElementId, element: Box<Element>) {
        self.elements[id.0 as usize] = Some(element);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.elements.len()
    }
}

/// Why an element is in its place.
const CLOSED: &str = "it is closed before anybody looks at it";

impl std::ops::Index<ElementId> for Tree {
    type Output = Element;
    fn index(&self, id: ElementId) -> &Element {
        self.elements[id.0 as usize].as_ref().expect(CLOSED)
    }
}

impl std::ops::IndexMut<ElementId> for Tree {
    fn index_mut(&mut self, id: ElementId) -> &mut Element {
        self.elements[id.0 as usize].as_mut().expect(CLOSED)
    }
}

/// A child of an element.
#[derive(Clone, Debug)]
pub enum Node {
    Element(ElementId),
    /// Text with interpolations.
    Expression {
        /// What it becomes: `"Hello "+_s(name)`.
        code: Code,
        /// As written, entities decoded.
        text: Code,
    },
    /// Text, entities decoded.
    Text(Code),
    /// `<!-- … -->`, where comments are kept.
    Comment(Code),
}

/// An attribute as written.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// With its prefix and modifiers: `@click.stop`, `v-model`, `:[key]`.
    pub name: Code,
    /// Decoded; empty for an attribute without value.
    pub value: Code,
    /// All of it: name, `=` and quotes.
    pub span: Span,
}

/// An element.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts, all read by name")]
pub struct Element {
    pub tag: String,
    /// The tag is one of HTML or SVG.
    pub is_reserved: bool,
    /// From `<` of its start tag to `>` of its end tag.
    pub span: Span,
    /// The start tag alone.
    pub start_tag: Span,
    /// Every attribute as written. Where a name stands twice, the last one counts (`attribute`).
    pub attributes: Vec<Attribute>,
    pub parent: Option<ElementId>,
    pub children: Vec<Node>,
    /// `svg` or `math`.
    pub namespace: Option<&'static str>,
    /// `<style>` or `<script>` in a template: it is not rendered.
    pub is_forbidden: bool,
    /// `v-pre` on this very element.
    pub is_pre: bool,
    /// No data at all.
    pub is_plain: bool,
    /// It has a directive of any kind.
    pub has_bindings: bool,
    /// `v-once`.
    pub is_once: bool,
    pub key: Option<Code>,
    pub reference: Option<Code>,
    pub is_reference_in_for: bool,
    /// `is`, `:is`.
    pub component: Option<Code>,
    pub is_inline_template: bool,
    /// Of `<slot>`.
    pub slot_name: Option<Code>,
    pub slot: Slot,
    pub repeat: Option<Repeat>,
    pub condition: Condition,
    /// Of an element with `v-if`: itself first, then its `v-else-if` and `v-else`. Not empty: it is
    /// a condition, whatever `condition` says: an `<input>` whose type is bound has branches of its
    /// own and may be the `v-else` of another element.
    pub branches: Vec<Branch>,
    pub static_class: Option<Code>,
    pub class: Option<Code>,
    pub static_style: Option<Code>,
    pub style: Option<Code>,
    pub directives: Vec<Directive>,
    /// `None`: the property is left out of the data (`attrs:{}` is not the same as none).
    pub attrs: Option<Vec<Property>>,
    pub dynamic_attrs: Option<Vec<Property>>,
    pub props: Option<Vec<Property>>,
    pub events: Events,
    pub native_events: Events,
}

impl Element {
    /// The attribute of a name that counts.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().rev().find(|attribute| attribute.name.text() == name)
    }

    /// True if it has `v-if`, or if Vue gave it one: an `<input>` whose type is not known may have
    /// that beside `v-else`.
    pub fn is_conditional(&self) -> bool {
        !self.branches.is_empty()
    }

    /// True if it is rendered for every item of a list. (`v-for="item in "` names none.)
    pub fn is_repeated(&self) -> bool {
        self.repeat.as_ref().is_some_and(|repeat| !repeat.list.is_empty())
    }
}

/// What an element has to do with slots.
#[derive(Clone, Debug, Default)]
pub struct Slot {
    /// The slot that it goes into, as JavaScript: `"default"`, or an expression.
    pub target: Option<Code>,
    pub is_target_dynamic: bool,
    /// `slot-scope`, `scope`, `v-slot`.
    pub scope: Option<SlotScope>,
    /// What it passes to slots of the component that it is, in order: the target, as in `target`,
    /// and the element.
    pub scoped: Vec<(Code, ElementId)>,
}

/// What a slot is given.
#[derive(Clone, Debug)]
pub enum SlotScope {
    /// `v-slot` without value.
    Nothing,
    /// Parameters of a function.
    Parameters(Code),
}

/// `v-for`.
#[derive(Clone, Debug)]
pub struct Repeat {
    pub list: Code,
    pub alias: Code,
    pub first_index: Option<Code>,
    pub second_index: Option<Code>,
}

/// `v-if`, `v-else-if` and `v-else`.
#[derive(Clone, Debug, Default)]
pub enum Condition {
    #[default]
    None,
    /// Its test is the first branch's.
    If,
    ElseIf(Code),
    Else,
}

/// One of several elements of which one is shown.
#[derive(Clone, Debug)]
pub struct Branch {
    /// `None`: otherwise.
    pub test: Option<Code>,
    pub element: ElementId,
}

/// A directive other than the ones that are sorted out by now: `v-model`, `v-show`, `v-bind="…"`,
/// `v-on="…"`, the user's.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Without `v-`, argument and modifiers.
    pub name: String,
    /// As written.
    pub raw_name: Code,
    /// Empty for a directive without value.
    pub value: Code,
    pub argument: Option<Code>,
    pub is_argument_dynamic: bool,
    /// In the order written; `None`: there are none.
    pub modifiers: Option<Vec<String>>,
    pub span: Span,
}

/// `name: value` among attributes or DOM properties.
#[derive(Clone, Debug)]
pub struct Property {
    /// An expression if `is_dynamic`, else the name itself.
    pub name: Code,
    /// JavaScript.
    pub value: Code,
    pub is_dynamic: bool,
}

/// Events in the order of first mention, each with its handlers.
pub type Events = Vec<(EventName, Vec<Handler>)>;

/// The name of an event with its markers (`&`, `~`, `!`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventName {
    /// An expression if `is_dynamic`, else the name itself.
    pub name: Code,
    pub is_dynamic: bool,
}

/// What an event does.
#[derive(Clone, Debug)]
pub struct Handler {
    /// As written, trimmed; may be empty.
    pub value: Code,
    /// Those that are left to the handler's code, in the order written. `None`: none were written,
    /// which compiles differently from none being left.
    pub modifiers: Option<Vec<String>>,
}
