//! The element tree of a template, with the meaning of every attribute sorted out. `parse` makes it
//! and `generate` reads it. All elements are in one table and refer to each other by index, because
//! slots and conditions point across the tree.
//!
//! Values of bindings are JavaScript texts, as in Vue's own compiler. So the value of a static
//! attribute is a string literal (`"\"a\""`).

use bundle_base::Span;

use crate::mapped_code::MappedCode;

/// The index of an element in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementId(pub u32);

/// A template.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// By `ElementId`; the order has no meaning. Elements are boxed because each takes a kilobyte,
    /// which would be moved whenever the table grows.
    elements: Vec<Option<Box<Element>>>,
    /// The root element. `None` if the template has none.
    pub root: Option<ElementId>,
}

impl Tree {
    /// Reserves a place for an element. `put` fills it when everything about the element is known.
    pub fn next_id(&mut self) -> ElementId {
        let id = u32::try_from(self.elements.len())
            .expect("an element takes more than a byte of the file");
        self.elements.push(None);
        ElementId(id)
    }

    /// Puts an element into its reserved place.
    pub fn put(&mut self, id: ElementId, element: Box<Element>) {
        self.elements[id.0 as usize] = Some(element);
    }

    /// Returns the number of places.
    pub fn len(&self) -> usize {
        self.elements.len()
    }
}

/// Why the place of an element is not empty when it is read.
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
        /// The JavaScript that it is compiled to: `"Hello "+_s(name)`.
        code: MappedCode,
        /// The text as written, with entities decoded.
        text: MappedCode,
    },
    /// Text without interpolations, with entities decoded.
    Text(MappedCode),
    /// `<!-- … -->`, if the configuration keeps comments.
    Comment(MappedCode),
}

/// An attribute as written.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The name with its prefix and modifiers: `@click.stop`, `v-model`, `:[key]`.
    pub name: MappedCode,
    /// The value, with entities decoded. Empty for an attribute without a value.
    pub value: MappedCode,
    /// The whole attribute: name, `=` and quotes.
    pub span: Span,
}

/// An element.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts, all read by name")]
pub struct Element {
    pub tag: String,
    /// The tag is one of HTML or SVG, so it does not name a component.
    pub is_reserved: bool,
    /// From `<` of its start tag to `>` of its end tag.
    pub span: Span,
    /// The start tag only.
    pub start_tag: Span,
    /// Every attribute as written. If a name occurs twice, the last one counts (`attribute`).
    pub attributes: Vec<Attribute>,
    pub parent: Option<ElementId>,
    pub children: Vec<Node>,
    /// `svg` or `math`, for elements in one of these.
    pub namespace: Option<&'static str>,
    /// `<style>` or `<script>` in a template: it is not rendered.
    pub is_forbidden: bool,
    /// The element itself has `v-pre`.
    pub is_pre: bool,
    /// The element needs no data argument at all.
    pub is_plain: bool,
    /// The element has a directive of any kind.
    pub has_bindings: bool,
    /// `v-once`.
    pub is_once: bool,
    pub key: Option<MappedCode>,
    pub reference: Option<Reference>,
    /// `is`, `:is`.
    pub component: Option<MappedCode>,
    pub is_inline_template: bool,
    /// The name of a `<slot>`, as JavaScript.
    pub slot_name: Option<MappedCode>,
    pub slot: Slot,
    pub repeat: Option<Repeat>,
    pub condition: Condition,
    /// For an element with `v-if`: the element itself, then its `v-else-if` and `v-else`. If this
    /// is not empty, the element is conditional whatever `condition` is: an `<input>` whose type is
    /// bound has branches of its own, and may also be the `v-else` of another element.
    pub branches: Vec<Branch>,
    pub data: Data,
}

impl Element {
    /// Returns the attribute of a name; the last one if there are several.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().rev().find(|attribute| attribute.name.text() == name)
    }

    /// Whether it has `v-if`, or branches that Vue gave it: an `<input>` whose type is bound may
    /// have these beside `v-else`.
    pub fn is_conditional(&self) -> bool {
        !self.branches.is_empty()
    }

    /// Whether it is rendered for every item of a list. (`v-for="item in "` has no list.)
    pub fn is_repeated(&self) -> bool {
        self.repeat.as_ref().is_some_and(|repeat| !repeat.list.is_empty())
    }

    /// True unless it is certainly an element of HTML or SVG.
    pub fn maybe_component(&self) -> bool {
        self.component.is_some() || !self.is_reserved
    }
}

/// The values that an element passes to the runtime beside its identity and its slots.
#[derive(Clone, Debug, Default)]
pub struct Data {
    pub static_class: Option<MappedCode>,
    pub class: Option<MappedCode>,
    pub static_style: Option<MappedCode>,
    pub style: Option<MappedCode>,
    pub directives: Vec<Directive>,
    /// `None` if the data has no such property (`attrs:{}` is not the same as none).
    pub attrs: Option<Vec<Property>>,
    pub dynamic_attrs: Option<Vec<Property>>,
    pub props: Option<Vec<Property>>,
    pub events: Events,
    pub native_events: Events,
}

/// `ref`, `:ref`.
#[derive(Clone, Debug)]
pub struct Reference {
    pub name: MappedCode,
    /// The element is repeated, or in one that is: the reference becomes a list.
    pub is_in_for: bool,
}

/// The slots that an element fills or, if it is a component, gets content for.
#[derive(Clone, Debug, Default)]
pub struct Slot {
    /// The name of the slot that the element goes into, as JavaScript: `"default"`, or an
    /// expression.
    pub target: Option<MappedCode>,
    pub is_target_dynamic: bool,
    /// The value of `slot-scope`, `scope` or `v-slot`.
    pub scope: Option<SlotScope>,
    /// If the element is a component: the content that is passed to its slots, in order. Each has
    /// its target, as in `target`, and its element.
    pub scoped: Vec<(MappedCode, ElementId)>,
}

/// What the content of a slot receives from it.
#[derive(Clone, Debug)]
pub enum SlotScope {
    /// `v-slot` without value.
    Nothing,
    /// The parameters of a function.
    Parameters(MappedCode),
}

/// `v-for`.
#[derive(Clone, Debug)]
pub struct Repeat {
    pub list: MappedCode,
    pub alias: MappedCode,
    pub first_index: Option<MappedCode>,
    pub second_index: Option<MappedCode>,
}

/// `v-if`, `v-else-if` and `v-else`.
#[derive(Clone, Debug, Default)]
pub enum Condition {
    #[default]
    None,
    /// `v-if`. The test is in the first branch.
    If,
    ElseIf(MappedCode),
    Else,
}

/// One of several elements. At most one of them is rendered.
#[derive(Clone, Debug)]
pub struct Branch {
    /// `None` for the branch that is rendered if no other is.
    pub test: Option<MappedCode>,
    pub element: ElementId,
}

/// A directive that `parse` does not resolve: `v-model`, `v-show`, `v-bind="…"`, `v-on="…"`, and
/// the user's.
#[derive(Clone, Debug)]
pub struct Directive {
    /// The name without `v-`, argument and modifiers.
    pub name: String,
    /// The name as written.
    pub raw_name: MappedCode,
    /// The value. Empty for a directive without one.
    pub value: MappedCode,
    pub argument: Option<MappedCode>,
    pub is_argument_dynamic: bool,
    /// The modifiers in the order written. `None` if there are none.
    pub modifiers: Option<Vec<String>>,
    pub span: Span,
}

/// `name: value` among attributes or DOM properties.
#[derive(Clone, Debug)]
pub struct Property {
    /// An expression if `is_dynamic`, else the name itself.
    pub name: MappedCode,
    /// The value, as JavaScript.
    pub value: MappedCode,
    pub is_dynamic: bool,
}

/// Events in the order of first mention, each with its handlers.
pub type Events = Vec<(EventName, Vec<Handler>)>;

/// The name of an event with its markers (`&`, `~`, `!`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventName {
    /// An expression if `is_dynamic`, else the name itself.
    pub name: MappedCode,
    pub is_dynamic: bool,
}

/// One handler of an event.
#[derive(Clone, Debug)]
pub struct Handler {
    /// The value as written, trimmed. It may be empty.
    pub value: MappedCode,
    /// The modifiers that the handler's code implements, in the order written. `None` if no
    /// modifiers were written at all, which compiles differently from an empty list.
    pub modifiers: Option<Vec<String>>,
}
