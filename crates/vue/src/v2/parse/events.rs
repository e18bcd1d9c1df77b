//! `@event.modifiers="…"`: some modifiers become markers of the event's name; the others are left
//! to the handler's code.

use bundle_base::Span;

use super::{
    context::Context,
    draft::{Draft, renamed},
};
use crate::{
    mapped_code::MappedCode,
    messages::template as messages,
    v2::tree::{EventName, Handler},
};

/// A handler as written.
pub(super) struct Listener {
    /// An expression if `is_dynamic`.
    pub name: MappedCode,
    pub is_dynamic: bool,
    pub value: MappedCode,
    pub modifiers: Option<Vec<String>>,
    pub span: Span,
}

/// Adds a handler to an element.
pub(super) fn add_handler(draft: &mut Draft, listener: Listener, cx: &mut Context<'_>) {
    let Listener { mut name, is_dynamic, value, mut modifiers, span } = listener;
    let has = |modifiers: &Option<Vec<String>>, wanted: &str| {
        modifiers
            .as_ref()
            .is_some_and(|modifiers| modifiers.iter().any(|modifier| modifier == wanted))
    };
    if has(&modifiers, "prevent") && has(&modifiers, "passive") {
        cx.report(span, messages::passive_and_prevent);
    }
    // Browsers fire no `click` for these buttons.
    if has(&modifiers, "right") {
        if !is_dynamic && name.text() == "click" {
            remove(&mut modifiers, "right");
        }
        name = of_button(&name, is_dynamic, "contextmenu");
    } else if has(&modifiers, "middle") {
        name = of_button(&name, is_dynamic, "mouseup");
    }
    for (modifier, marker) in [("capture", "!"), ("once", "~"), ("passive", "&")] {
        if remove(&mut modifiers, modifier) {
            name = marked(&name, marker, is_dynamic);
        }
    }
    let is_native = remove(&mut modifiers, "native");
    let events = if is_native {
        &mut draft.element.data.native_events
    } else {
        &mut draft.element.data.events
    };
    let key = (name.text().to_owned(), is_dynamic, is_native);
    let place = *draft.events_at.entry(key).or_insert_with(|| {
        events.push((EventName { name, is_dynamic }, Vec::new()));
        events.len() - 1
    });
    events[place].1.push(Handler { value: value.trimmed(), modifiers });
    draft.element.is_plain = false;
}

/// Returns the event that browsers fire for a click with another button.
fn of_button(name: &MappedCode, is_dynamic: bool, event: &str) -> MappedCode {
    if !is_dynamic {
        return if name.text() == "click" { renamed(name, event) } else { name.clone() };
    }
    let mut code = MappedCode::made("(");
    code.push(name);
    code.push_str(&format!(")==='click'?'{event}':("));
    code.push(name);
    code.push_str(")");
    code
}

fn marked(name: &MappedCode, marker: &str, is_dynamic: bool) -> MappedCode {
    let mut code = MappedCode::made(if is_dynamic { "_p(" } else { marker });
    code.push(name);
    if is_dynamic {
        code.push_str(&format!(",\"{marker}\")"));
    }
    code
}

/// Removes a modifier. Returns whether it was there.
fn remove(modifiers: &mut Option<Vec<String>>, modifier: &str) -> bool {
    let Some(modifiers) = modifiers else { return false };
    let before = modifiers.len();
    modifiers.retain(|other| other != modifier);
    modifiers.len() < before
}
