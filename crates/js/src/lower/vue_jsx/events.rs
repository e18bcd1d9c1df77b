//! Expands `vOn:click_stop_prevent={handler}`: events with modifiers, as in a template. Names of
//! keys and key codes are modifiers too.

use std::{fmt::Write as _, sync::Arc};

use bundle_base::{Diagnostic, Label, Source};
use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{Expr, JSXAttr, JSXAttrOrSpread, JSXOpeningElement, SpreadElement};

use super::{
    build::{attribute, expression_of, name_of, object, property},
    template,
};
use crate::{ast, messages};

const SYSTEM_KEYS: [&str; 4] = ["ctrl", "shift", "alt", "meta"];

/// The keys that have names, with their `keyCode` and `key` as JavaScript.
const KEYS: &[(&str, &str, &str)] = &[
    ("esc", "27", "['Esc', 'Escape']"),
    ("tab", "9", "'Tab'"),
    ("enter", "13", "'Enter'"),
    ("space", "32", "' '"),
    ("up", "38", "['Up', 'ArrowUp']"),
    ("left", "37", "['Left', 'ArrowLeft']"),
    ("right", "39", "['Right', 'ArrowRight']"),
    ("down", "40", "['Down', 'ArrowDown']"),
    ("delete", "[8, 46]", "['Backspace', 'Delete']"),
];

/// Replaces every `v-on` of an element. `instance` is the component whose code contains the
/// element.
pub(super) fn expand(
    element: &mut JSXOpeningElement,
    instance: &Expr,
    source: &Arc<Source>,
) -> Result<(), Box<Diagnostic>> {
    let mut listeners = Vec::new();
    let mut others = Vec::new();
    for attribute in element.attrs.take() {
        let listener = match &attribute {
            JSXAttrOrSpread::JSXAttr(attribute) => listener(attribute, instance, source)?,
            JSXAttrOrSpread::SpreadElement(_) => None,
        };
        match listener {
            Some(listener) => listeners.push(listener),
            None => others.push(attribute),
        }
    }
    others.extend(listeners);
    element.attrs = others;
    Ok(())
}

fn listener(
    written: &JSXAttr,
    instance: &Expr,
    source: &Arc<Source>,
) -> Result<Option<JSXAttrOrSpread>, Box<Diagnostic>> {
    let name = name_of(written);
    let mut parts = name.split('_');
    let event = parts.next().unwrap_or_default();
    let event =
        event.strip_prefix("v-on:").or_else(|| event.strip_prefix("vOn:")).unwrap_or_default();
    if event.is_empty() {
        return Ok(None);
    }
    let Some(handler) = expression_of(written) else {
        return Err(Box::new(messages::directive_without_braces(
            Label::new(source, ast::span(written.span)),
            &name,
        )));
    };
    Ok(Some(listen(event, &parts.collect::<Vec<_>>(), handler, instance)))
}

fn listen(event: &str, modifiers: &[&str], handler: &Expr, instance: &Expr) -> JSXAttrOrSpread {
    let is_context_menu = event == "click" && modifiers.contains(&"right");
    let modifiers: Vec<&str> = modifiers
        .iter()
        .copied()
        .filter(|modifier| !(is_context_menu && *modifier == "right"))
        .collect();
    let event = match event {
        "click" if is_context_menu => "contextmenu",
        "click" if modifiers.contains(&"middle") => "mouseup",
        other => other,
    };
    let guards = guards(&modifiers);
    let handler = if guards.is_empty() {
        handler.clone()
    } else {
        let text = format!("$event => {{ {guards} return HANDLER($event); }}");
        template::expression(&text, &[("HANDLER", handler), ("INSTANCE", instance)])
    };
    let marks = [("passive", '&'), ("once", '~'), ("capture", '!')];
    let marks: String =
        marks.iter().filter(|(name, _)| modifiers.contains(name)).map(|(_, mark)| mark).collect();
    if marks.is_empty() {
        let group = if modifiers.contains(&"native") { "nativeOn" } else { "on" };
        return attribute(&format!("{group}-{event}"), DUMMY_SP, handler);
    }
    // With one of these three modifiers, Vue's preset ignores `native`.
    let event = object(vec![property(&format!("{marks}{event}"), handler)]);
    let expr = Box::new(object(vec![property("on", event)]));
    JSXAttrOrSpread::SpreadElement(SpreadElement { dot3_token: DUMMY_SP, expr })
}

/// Returns the code that runs before the handler: the checks of keys first, then the others in the
/// order of the modifiers.
fn guards(modifiers: &[&str]) -> String {
    let mut keys = Vec::new();
    let mut rest = String::new();
    for modifier in modifiers {
        match *modifier {
            "stop" => rest.push_str("$event.stopPropagation();"),
            "prevent" => rest.push_str("$event.preventDefault();"),
            "self" => rest.push_str("if ($event.target !== $event.currentTarget) return null;"),
            "ctrl" | "shift" | "alt" | "meta" => {
                unless(&mut rest, &format!("!$event.{modifier}Key"));
            }
            "left" => unless(&mut rest, "'button' in $event && $event.button !== 0"),
            "middle" => unless(&mut rest, "'button' in $event && $event.button !== 1"),
            "right" => unless(&mut rest, "'button' in $event && $event.button !== 2"),
            "exact" => {
                let pressed: Vec<String> = SYSTEM_KEYS
                    .iter()
                    .filter(|key| !modifiers.contains(key))
                    .map(|key| format!("$event.{key}Key"))
                    .collect();
                if !pressed.is_empty() {
                    unless(&mut rest, &pressed.join(" || "));
                }
            }
            _ => {}
        }
        if is_key(modifier) {
            keys.push(is_other_key(modifier));
        }
    }
    if keys.is_empty() {
        return rest;
    }
    format!("if (!('button' in $event) && {}) return null; {rest}", keys.join(" && "))
}

fn unless(guards: &mut String, condition: &str) {
    // Writing to a string cannot fail.
    let _ = write!(guards, "if ({condition}) return null;");
}

/// Whether a modifier is a key. `left` and `right` are both keys and mouse buttons.
fn is_key(modifier: &str) -> bool {
    let others = [
        "stop", "prevent", "self", "ctrl", "shift", "alt", "meta", "middle", "exact", "capture",
        "once", "passive",
    ];
    modifier != "native" && !others.contains(&modifier)
}

fn is_other_key(key: &str) -> String {
    let digits: String = key.chars().take_while(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if !digits.is_empty() {
        return format!("$event.keyCode !== {digits}");
    }
    let known = KEYS.iter().find(|(name, _, _)| *name == key);
    let (code, name) = known.map_or(("undefined", "undefined"), |(_, code, name)| (code, name));
    format!("INSTANCE._k($event.keyCode, {key:?}, {code}, $event.key, {name})")
}
