//! Adds the data of directives to an element's data. Directives that are not known here are left to
//! the runtime.

use super::{
    super::{
        join::join,
        tree::{Directive, Element, EventName, Events, Handler, Property},
    },
    generator::Generator,
};
use crate::{mapped_code::MappedCode, messages::render as messages};

/// The additions of an element's directives.
#[derive(Default)]
pub(super) struct Added<'a> {
    /// The directives that the runtime handles.
    pub at_run_time: Vec<&'a Directive>,
    pub props: Vec<Property>,
    pub handlers: Vec<AddedHandler>,
    /// The value of a component's `model`: `{value:…}`.
    pub model: Option<MappedCode>,
    /// The directive `v-bind="object"`.
    pub object: Option<&'a Directive>,
    /// The directive `v-on="object"`.
    pub listeners: Option<&'a Directive>,
}

/// A handler that a directive adds.
pub(super) struct AddedHandler {
    pub event: EventName,
    /// It runs before the user's handlers.
    pub is_first: bool,
    pub handler: Handler,
}

/// An event with all of its handlers.
pub(super) type Event<'e> = (&'e EventName, Vec<&'e Handler>);

impl Added<'_> {
    pub(super) fn add_prop(&mut self, name: &str, value: MappedCode) {
        self.props.push(Property { name: MappedCode::made(name), value, is_dynamic: false });
    }

    /// Returns the user's events, with the added handlers before or after the user's own.
    pub(super) fn with_events<'e>(&'e self, written: &'e Events) -> Vec<Event<'e>> {
        let mut events: Vec<Event<'e>> =
            written.iter().map(|(name, handlers)| (name, handlers.iter().collect())).collect();
        for AddedHandler { event, is_first, handler } in &self.handlers {
            match events.iter_mut().find(|(name, _)| name.name.text() == event.name.text()) {
                Some((_, handlers)) if *is_first => handlers.insert(0, handler),
                Some((_, handlers)) => handlers.push(handler),
                None => events.push((event, vec![handler])),
            }
        }
        events
    }
}

impl<'a> Generator<'a, '_> {
    pub(super) fn added_by_directives(&mut self, element: &'a Element) -> Added<'a> {
        let mut added = Added::default();
        for directive in &element.data.directives {
            match &*directive.name {
                "bind" => added.object = Some(directive),
                "on" => {
                    if directive.modifiers.is_some() {
                        self.report(messages::listeners_with_modifiers, directive.span);
                    }
                    added.listeners = Some(directive);
                }
                "cloak" => {}
                "model" => self.model(element, directive, &mut added),
                "text" => add_content(&mut added, "textContent", directive),
                "html" => add_content(&mut added, "innerHTML", directive),
                _ => added.at_run_time.push(directive),
            }
        }
        added
    }
}

fn add_content(added: &mut Added<'_>, property: &str, directive: &Directive) {
    if !directive.value.is_empty() {
        added.add_prop(property, join(&[&"_s(", &directive.value, &")"]));
    }
}
