//! `v-model`: the value and the handler that changes it, for each kind of element.

use bundle_base::Label;

use super::{
    super::{
        join::join,
        parse::{assignment, is_reserved, parse_filters},
        report::report,
        tree::{Directive, Element, EventName, Handler},
    },
    directives::{Added, AddedHandler},
    generator::Generator,
};
use crate::{
    expression::{Mistake, check_expression, check_statements, is_name},
    mapped_code::MappedCode,
    messages::render as messages,
};

impl<'a> Generator<'a, '_> {
    pub(super) fn model(
        &mut self,
        element: &'a Element,
        directive: &'a Directive,
        added: &mut Added<'a>,
    ) {
        let kind = element.attribute("type").map(|attribute| attribute.value.text());
        let label = || Label::new(self.cx.source, directive.span);
        if directive.value.is_empty() {
            report(self.log, messages::empty_model(label()));
        } else if !self.is_target(&directive.value) {
            report(
                self.log,
                messages::model_target(Label::new(self.cx.source, directive.value.whole_span())),
            );
        }
        if element.tag == "input" && kind == Some("file") {
            report(self.log, messages::model_of_file(label()));
        }
        let is_component = element.component.is_some();
        match &*element.tag {
            "select" if !is_component => select(directive, added),
            "input" if !is_component && kind == Some("checkbox") => {
                checkbox(element, directive, added);
            }
            "input" if !is_component && kind == Some("radio") => radio(element, directive, added),
            "input" | "textarea" if !is_component => {
                self.warn_of_value(element, directive);
                text(kind, directive, added);
            }
            tag => {
                if !is_component && is_reserved(tag) {
                    report(self.log, messages::model_of_element(label(), tag));
                }
                added.model = Some(component(directive));
                return;
            }
        }
        // The runtime handles input methods that compose characters, and options that are added
        // later.
        added.at_run_time.push(directive);
    }

    /// Whether the target can be assigned to, or is not an expression at all, which another check
    /// reports.
    fn is_target(&self, target: &MappedCode) -> bool {
        let (text, is_typescript) = (target.text(), self.cx.is_typescript);
        if is_name(text) || check_expression(text, is_typescript).is_err() {
            return true;
        }
        let assigned = assignment(target, "_");
        !matches!(check_statements(assigned.text(), is_typescript), Err(Mistake::Syntax(..)))
    }

    fn warn_of_value(&mut self, element: &Element, directive: &Directive) {
        let bound = |long: &str, short: &str| {
            let find =
                |name| element.attribute(name).filter(|attribute| !attribute.value.is_empty());
            find(long).or_else(|| find(short))
        };
        if bound("v-bind:type", ":type").is_none()
            && let Some(value) = bound("v-bind:value", ":value")
        {
            let model = Label::new(self.cx.source, directive.span);
            report(
                self.log,
                messages::model_and_value(Label::new(self.cx.source, value.span), model),
            );
        }
    }
}

fn has(directive: &Directive, modifier: &str) -> bool {
    directive.modifiers.iter().flatten().any(|has| has == modifier)
}

/// `{value:(a),callback:function ($$v) {a=$$v},expression:"a"}`.
fn component(directive: &Directive) -> MappedCode {
    let value = match (has(directive, "trim"), has(directive, "number")) {
        (true, true) => "_n((typeof $$v === 'string'? $$v.trim(): $$v))",
        (true, false) => "(typeof $$v === 'string'? $$v.trim(): $$v)",
        (false, true) => "_n($$v)",
        (false, false) => "$$v",
    };
    let target = &directive.value;
    join(&[
        &"{value:(",
        target,
        &"),callback:function ($$v) {",
        &assignment(target, value),
        &"},expression:",
        &target.quoted(),
        &"}",
    ])
}

fn checkbox(element: &Element, directive: &Directive, added: &mut Added<'_>) {
    let target = &directive.value;
    let value = bound_or(element, "value", "null");
    let on = bound_or(element, "true-value", "true");
    let off = bound_or(element, "false-value", "false");
    let otherwise = match on.text() {
        "true" => join(&[&":(", target, &")"]),
        _ => join(&[&":_q(", target, &",", &on, &")"]),
    };
    added.add_prop(
        "checked",
        join(&[&"Array.isArray(", target, &")?_i(", target, &",", &value, &")>-1", &otherwise]),
    );
    let item = if has(directive, "number") { join(&[&"_n(", &value, &")"]) } else { value };
    let assign = |value: &str| assignment(target, value);
    let code = join(&[
        &"var $$a=",
        target,
        &",$$el=$event.target,$$c=$$el.checked?(",
        &on,
        &"):(",
        &off,
        &");if(Array.isArray($$a)){var $$v=",
        &item,
        &",$$i=_i($$a,$$v);if($$el.checked){$$i<0&&(",
        &assign("$$a.concat([$$v])"),
        &")}else{$$i>-1&&(",
        &assign("$$a.slice(0,$$i).concat($$a.slice($$i+1))"),
        &")}}else{",
        &assign("$$c"),
        &"}",
    ]);
    add_first(added, "change", &code);
}

fn radio(element: &Element, directive: &Directive, added: &mut Added<'_>) {
    let target = &directive.value;
    let value = bound_or(element, "value", "null");
    let value = if has(directive, "number") { join(&[&"_n(", &value, &")"]) } else { value };
    added.add_prop("checked", join(&[&"_q(", target, &",", &value, &")"]));
    add_first(added, "change", &assignment(target, value.text()));
}

fn select(directive: &Directive, added: &mut Added<'_>) {
    let value = if has(directive, "number") { "_n(val)" } else { "val" };
    let selected = "$event.target.multiple ? $$selectedVal : $$selectedVal[0]";
    let code = join(&[
        &"var $$selectedVal = Array.prototype.filter.call($event.target.options,function(o){return \
          o.selected})",
        &".map(function(o){var val = \"_value\" in o ? o._value : o.value;return ",
        &value,
        &"}); ",
        &assignment(&directive.value, selected),
    ]);
    add_first(added, "change", &code);
}

fn text(kind: Option<&str>, directive: &Directive, added: &mut Added<'_>) {
    let (is_lazy, is_range) = (has(directive, "lazy"), kind == Some("range"));
    let (trims, is_number) = (has(directive, "trim"), has(directive, "number"));
    let event = match (is_lazy, is_range) {
        (true, _) => "change",
        // Which event a browser fires for it is known only at run time.
        (false, true) => "__r",
        (false, false) => "input",
    };
    let value = match (trims, is_number) {
        (true, true) => "_n($event.target.value.trim())",
        (true, false) => "$event.target.value.trim()",
        (false, true) => "_n($event.target.value)",
        (false, false) => "$event.target.value",
    };
    let target = &directive.value;
    let guard = if is_lazy || is_range { "" } else { "if($event.target.composing)return;" };
    added.add_prop("value", join(&[&"(", target, &")"]));
    add_first(added, event, &join(&[&guard, &assignment(target, value)]));
    if trims || is_number {
        added.handlers.push(handler("blur", &MappedCode::made("$forceUpdate()"), false));
    }
}

fn add_first(added: &mut Added<'_>, event: &str, code: &MappedCode) {
    added.handlers.push(handler(event, code, true));
}

fn handler(event: &str, code: &MappedCode, is_first: bool) -> AddedHandler {
    AddedHandler {
        event: EventName { name: MappedCode::made(event), is_dynamic: false },
        is_first,
        handler: Handler { value: code.trimmed(), modifiers: None },
    }
}

/// Returns the expression that an attribute is bound to, or its text as a literal, or else
/// `otherwise`.
fn bound_or(element: &Element, name: &str, otherwise: &str) -> MappedCode {
    let bound = |prefix: &str| {
        element.attribute(&format!("{prefix}{name}")).filter(|found| !found.value.is_empty())
    };
    if let Some(bound) = bound(":").or_else(|| bound("v-bind:")) {
        return parse_filters(&bound.value);
    }
    match element.attribute(name) {
        Some(attribute) => attribute.value.quoted(),
        None => MappedCode::made(otherwise),
    }
}
