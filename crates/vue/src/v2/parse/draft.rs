//! An element while its attributes are sorted out. Its attributes stay known as written; a list
//! says which of them nobody has taken yet.

use bundle_base::Span;
use rustc_hash::FxHashMap;

use super::filters::parse_filters;
use crate::{
    code::Code,
    v2::tree::{Attribute, Condition, Element, ElementId, Property},
};

/// An element that is open, or about to be closed.
pub(super) struct Draft {
    pub id: ElementId,
    pub element: Box<Element>,
    /// Attributes that nobody has taken, in order: places in `element.attributes`.
    pub left: Vec<usize>,
    /// Attributes' names, by bit: most names that are asked for are not there, and this shows it at
    /// once.
    names: u64,
    /// Its attributes are sorted out.
    pub is_processed: bool,
    /// It or something around it has a `v-for`.
    pub is_in_for: bool,
    /// Where the handlers of an event are: by name, whether that is dynamic, and whether the event
    /// is native.
    pub events_at: FxHashMap<(String, bool, bool), usize>,
    /// Where a slot's content is in `element.slot.scoped`.
    pub slots_at: FxHashMap<String, usize>,
}

/// What an attribute was given.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub value: Code,
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

    /// False if certainly no attribute stands twice.
    pub fn may_repeat_attributes(&self) -> bool {
        self.names.count_ones() as usize != self.element.attributes.len()
    }

    /// The value of an attribute, unless it has none.
    pub fn value(&self, name: &str) -> Option<&Code> {
        if self.names & bit("", name) == 0 {
            return None;
        }
        self.element
            .attribute(name)
            .map(|attribute| &attribute.value)
            .filter(|value| !value.is_empty())
    }

    /// Takes an attribute, whatever its value. Of several of one name the first is taken, and the
    /// last one's value counts.
    #[inline]
    pub fn take(&mut self, name: &str) -> Option<Taken> {
        self.take_prefixed("", name)
    }

    #[inline]
    fn take_prefixed(&mut self, prefix: &str, name: &str) -> Option<Taken> {
        if self.names & bit(prefix, name) == 0 { None } else { self.take_found(prefix, name) }
    }

    /// Takes one whose name's bit is set.
    fn take_found(&mut self, prefix: &str, name: &str) -> Option<Taken> {
        let length = prefix.len() + name.len();
        let is_it = |other: &str| {
            other.len() == length && other.ends_with(name) && other.starts_with(prefix)
        };
        let attributes = &self.element.attributes;
        let attribute = attributes.iter().rev().find(|attribute| is_it(attribute.name.text()))?;
        let taken = Taken { value: attribute.value.clone(), span: attribute.span };
        if let Some(place) =
            self.left.iter().position(|index| is_it(attributes[*index].name.text()))
        {
            self.left.remove(place);
        }
        Some(taken)
    }

    /// Adds an attribute, as if it were written.
    pub fn add(&mut self, attribute: Attribute) {
        self.names |= bit("", attribute.name.text());
        self.left.push(self.element.attributes.len());
        self.element.attributes.push(attribute);
    }

    /// Takes an attribute that counts only if it has a value.
    #[inline]
    pub fn take_value(&mut self, name: &str) -> Option<Taken> {
        self.take(name).filter(|taken| !taken.value.is_empty())
    }

    /// Takes `:name` or `v-bind:name`: its expression, filters applied; `None`: there is none, or
    /// it is empty.
    #[inline]
    pub fn take_bound(&mut self, name: &str) -> Option<Code> {
        self.take_bound_as_is(name).filter(|expression| !expression.is_empty())
    }

    /// Takes `:name`, `v-bind:name` or `name`: an expression. A bound one that is empty counts as
    /// none.
    #[inline]
    pub fn take_bound_or_static(&mut self, name: &str) -> Option<Code> {
        match self.take_bound_as_is(name) {
            Some(expression) => Some(expression).filter(|expression| !expression.is_empty()),
            None => self.take(name).map(|taken| taken.value.quoted()),
        }
    }

    /// An empty `:name` gives way to others, an empty `v-bind:name` does not.
    #[inline]
    fn take_bound_as_is(&mut self, name: &str) -> Option<Code> {
        let short = self.take_prefixed(":", name).filter(|taken| !taken.value.is_empty());
        let taken = short.or_else(|| self.take_prefixed("v-bind:", name))?;
        Some(parse_filters(&taken.value))
    }

    /// Where an attribute is written, bound or not.
    pub fn span_of(&self, name: &str) -> Span {
        let names = [format!(":{name}"), format!("v-bind:{name}"), name.to_owned()];
        let found = names.iter().find_map(|name| self.element.attribute(name));
        found.map_or(self.element.start_tag, |attribute| attribute.span)
    }

    /// Takes the first attribute of a kind.
    pub fn take_first(&mut self, is_wanted: impl Fn(&str) -> bool) -> Option<Attribute> {
        let attributes = &self.element.attributes;
        let place = self.left.iter().position(|index| is_wanted(attributes[*index].name.text()))?;
        Some(attributes[self.left.remove(place)].clone())
    }

    pub fn push_attr(&mut self, name: Code, value: Code) {
        self.element.is_plain = false;
        self.element.attrs.get_or_insert_default().push(Property {
            name,
            value,
            is_dynamic: false,
        });
    }

    /// An attribute whose name is an expression.
    pub fn push_dynamic_attr(&mut self, name: Code, value: Code) {
        self.element.is_plain = false;
        self.element.dynamic_attrs.get_or_insert_default().push(Property {
            name,
            value,
            is_dynamic: true,
        });
    }

    pub fn push_prop(&mut self, name: Code, value: Code, is_dynamic: bool) {
        self.element.is_plain = false;
        self.element.props.get_or_insert_default().push(Property { name, value, is_dynamic });
    }

    /// What a component passes to one of its slots. A later one of the same name takes the place of
    /// the earlier.
    pub fn put_slot(&mut self, target: Code, content: ElementId) {
        let slots = &mut self.element.slot.scoped;
        if let Some(place) = self.slots_at.get(target.text()) {
            slots[*place] = (target, content);
        } else {
            self.slots_at.insert(target.text().to_owned(), slots.len());
            slots.push((target, content));
        }
    }
}

/// The bit of `prefix` and `name` in one: by its length, its first and its last letter.
#[inline]
fn bit(prefix: &str, name: &str) -> u64 {
    let first = prefix.as_bytes().first().or(name.as_bytes().first()).copied().unwrap_or_default();
    let last = name.as_bytes().last().copied().unwrap_or_default();
    1 << ((prefix.len() + name.len() + usize::from(first) * 5 + usize::from(last) * 23) % 64)
}

impl Condition {
    /// `v-else`, `v-else-if`.
    pub(super) fn is_otherwise(&self) -> bool {
        match self {
            Self::Else | Self::ElseIf(_) => true,
            Self::None | Self::If => false,
        }
    }
}

/// `fooBar` of `foo-bar`.
pub(super) fn camelized(name: &Code) -> Code {
    let mut camelized = String::with_capacity(name.text().len());
    let mut rest = name.text();
    while let Some((before, after)) = rest.split_once('-') {
        camelized.push_str(before);
        rest = after;
        match after.chars().next().filter(|c| c.is_ascii_alphanumeric() || *c == '_') {
            Some(first) => {
                camelized.push(first.to_ascii_uppercase());
                rest = &after[1..];
            }
            None => camelized.push('-'),
        }
    }
    camelized.push_str(rest);
    renamed(name, &camelized)
}

/// `foo-bar` of `fooBar`.
pub(super) fn hyphenated(name: &Code) -> Code {
    let mut hyphenated = String::with_capacity(name.text().len());
    let mut is_in_word = false;
    for c in name.text().chars() {
        if c.is_ascii_uppercase() && is_in_word {
            hyphenated.push('-');
        }
        is_in_word = c.is_ascii_alphanumeric() || c == '_';
        hyphenated.extend(c.to_lowercase());
    }
    renamed(name, &hyphenated)
}

/// Another text in the place of one.
pub(super) fn renamed(name: &Code, to: &str) -> Code {
    if name.text() == to {
        return name.clone();
    }
    let mut code = Code::default();
    code.push_made_of(to, name.origin(0));
    code
}
