//! An element while its attributes are sorted out. The attributes stay in the element as written; a
//! list has those that have not been taken yet.

use bundle_base::Span;
use rustc_hash::FxHashMap;

use super::filters::parse_filters;
use crate::{
    mapped_code::MappedCode,
    v2::tree::{Attribute, Condition, Element, ElementId, Property},
};

/// An element that is open, or about to be closed.
pub(super) struct Draft {
    pub id: ElementId,
    pub element: Box<Element>,
    /// The attributes that have not been taken yet, in order: indices of `element.attributes`.
    pub left: Vec<usize>,
    /// The attribute names as a set of bits: most names that are looked up are absent, and this
    /// shows it at once.
    names: u64,
    /// The attributes have been sorted out.
    pub is_processed: bool,
    /// The element or one of its ancestors has a `v-for`.
    pub is_in_for: bool,
    /// The index of an event in `events` or `native_events` of the element's data, by its name,
    /// whether the name is dynamic, and whether the event is native.
    pub events_at: FxHashMap<(String, bool, bool), usize>,
    /// The index of a slot's content in `element.slot.scoped`.
    pub slots_at: FxHashMap<String, usize>,
}

/// The value of an attribute that was taken, and the span of the attribute.
#[derive(Clone, Debug)]
pub(super) struct TakenValue {
    pub value: MappedCode,
    pub span: Span,
}

impl Draft {
    pub fn new(id: ElementId, element: Box<Element>) -> Self {
        let left = (0..element.attributes.len()).collect();
        let names = element
            .attributes
            .iter()
            .fold(0, |names, attribute| names | bit("", attribute.name.text()));
        let (events_at, slots_at) = Default::default();
        Self {
            id,
            element,
            left,
            names,
            is_processed: false,
            is_in_for: false,
            events_at,
            slots_at,
        }
    }

    /// False if certainly no two attributes have the same name.
    pub fn may_repeat_attributes(&self) -> bool {
        self.names.count_ones() as usize != self.element.attributes.len()
    }

    /// Returns the value of an attribute. `None` if there is no such attribute or its value is
    /// empty.
    pub fn value(&self, name: &str) -> Option<&MappedCode> {
        if self.names & bit("", name) == 0 {
            return None;
        }
        self.element
            .attribute(name)
            .map(|attribute| &attribute.value)
            .filter(|value| !value.is_empty())
    }

    /// Takes an attribute, whatever its value. If several have the name, the first one leaves the
    /// list, and the value of the last one is returned.
    #[inline]
    pub fn take(&mut self, name: &str) -> Option<TakenValue> {
        self.take_prefixed("", name)
    }

    #[inline]
    fn take_prefixed(&mut self, prefix: &str, name: &str) -> Option<TakenValue> {
        if self.names & bit(prefix, name) == 0 { None } else { self.take_found(prefix, name) }
    }

    /// Takes an attribute whose bit is set. Another name may have the same bit.
    fn take_found(&mut self, prefix: &str, name: &str) -> Option<TakenValue> {
        let length = prefix.len() + name.len();
        let is_named = |other: &str| {
            other.len() == length && other.ends_with(name) && other.starts_with(prefix)
        };
        let attributes = &self.element.attributes;
        let attribute =
            attributes.iter().rev().find(|attribute| is_named(attribute.name.text()))?;
        let taken = TakenValue { value: attribute.value.clone(), span: attribute.span };
        if let Some(place) =
            self.left.iter().position(|index| is_named(attributes[*index].name.text()))
        {
            self.left.remove(place);
        }
        Some(taken)
    }

    /// Adds an attribute as if it had been written.
    pub fn add(&mut self, attribute: Attribute) {
        self.names |= bit("", attribute.name.text());
        self.left.push(self.element.attributes.len());
        self.element.attributes.push(attribute);
    }

    /// Takes an attribute. `None` if its value is empty.
    #[inline]
    pub fn take_value(&mut self, name: &str) -> Option<TakenValue> {
        self.take(name).filter(|taken| !taken.value.is_empty())
    }

    /// Takes `:name` or `v-bind:name`. Returns its expression with filters applied, or `None` if
    /// there is no such attribute or it is empty.
    #[inline]
    pub fn take_bound(&mut self, name: &str) -> Option<MappedCode> {
        self.take_bound_as_is(name).filter(|expression| !expression.is_empty())
    }

    /// Takes `:name`, `v-bind:name` or `name`. Returns an expression, or `None` if there is no such
    /// attribute or the bound one is empty.
    #[inline]
    pub fn take_bound_or_static(&mut self, name: &str) -> Option<MappedCode> {
        match self.take_bound_as_is(name) {
            Some(expression) => Some(expression).filter(|expression| !expression.is_empty()),
            None => self.take(name).map(|taken| taken.value.quoted()),
        }
    }

    /// Takes `:name` or `v-bind:name`. An empty `:name` counts as absent, an empty `v-bind:name`
    /// does not.
    #[inline]
    fn take_bound_as_is(&mut self, name: &str) -> Option<MappedCode> {
        let short = self.take_prefixed(":", name).filter(|taken| !taken.value.is_empty());
        let taken = short.or_else(|| self.take_prefixed("v-bind:", name))?;
        Some(parse_filters(&taken.value))
    }

    /// Returns the span of an attribute, bound or not, or else the span of the start tag.
    pub fn span_of(&self, name: &str) -> Span {
        let names = [format!(":{name}"), format!("v-bind:{name}"), name.to_owned()];
        let found = names.iter().find_map(|name| self.element.attribute(name));
        found.map_or(self.element.start_tag, |attribute| attribute.span)
    }

    /// Takes the first attribute whose name is wanted.
    pub fn take_first(&mut self, is_wanted: impl Fn(&str) -> bool) -> Option<Attribute> {
        let attributes = &self.element.attributes;
        let place = self.left.iter().position(|index| is_wanted(attributes[*index].name.text()))?;
        Some(attributes[self.left.remove(place)].clone())
    }

    pub fn push_attr(&mut self, name: MappedCode, value: MappedCode) {
        self.element.is_plain = false;
        self.element.data.attrs.get_or_insert_default().push(Property {
            name,
            value,
            is_dynamic: false,
        });
    }

    /// Adds an attribute whose name is an expression.
    pub fn push_dynamic_attr(&mut self, name: MappedCode, value: MappedCode) {
        self.element.is_plain = false;
        self.element.data.dynamic_attrs.get_or_insert_default().push(Property {
            name,
            value,
            is_dynamic: true,
        });
    }

    pub fn push_prop(&mut self, name: MappedCode, value: MappedCode, is_dynamic: bool) {
        self.element.is_plain = false;
        self.element.data.props.get_or_insert_default().push(Property { name, value, is_dynamic });
    }

    /// Adds content that is passed to a slot of the component. It replaces earlier content for a
    /// slot of the same name.
    pub fn put_slot(&mut self, target: MappedCode, content: ElementId) {
        let slots = &mut self.element.slot.scoped;
        if let Some(place) = self.slots_at.get(target.text()) {
            slots[*place] = (target, content);
        } else {
            self.slots_at.insert(target.text().to_owned(), slots.len());
            slots.push((target, content));
        }
    }
}

/// Returns the bit of the name that `prefix` and `name` form. It follows from the length and from
/// the first and the last letter.
#[inline]
fn bit(prefix: &str, name: &str) -> u64 {
    let first = prefix.as_bytes().first().or(name.as_bytes().first()).copied().unwrap_or_default();
    let last = name.as_bytes().last().copied().unwrap_or_default();
    1 << ((prefix.len() + name.len() + usize::from(first) * 5 + usize::from(last) * 23) % 64)
}

impl Condition {
    /// True for `v-else` and `v-else-if`.
    pub(super) fn is_otherwise(&self) -> bool {
        match self {
            Self::Else | Self::ElseIf(_) => true,
            Self::None | Self::If => false,
        }
    }
}

/// Returns another text with the origin of a name.
pub(super) fn renamed(name: &MappedCode, to: &str) -> MappedCode {
    if name.text() == to {
        return name.clone();
    }
    let mut code = MappedCode::default();
    code.push_made_of(to, name.origin(0));
    code
}
