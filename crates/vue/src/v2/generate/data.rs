//! The second argument of `_c`: everything about an element but its tag and children.

use super::{
    super::{
        literal::string,
        tree::{Directive, Element},
    },
    Generator,
    directives::Added,
};
use crate::code::Code;

/// Writes the commas of an object.
struct Fields {
    is_first: bool,
}

impl Fields {
    fn start<'g>(&mut self, out: &'g mut Code, key: &str) -> &'g mut Code {
        if !std::mem::replace(&mut self.is_first, false) {
            out.push_str(",");
        }
        out.push_str(key);
        out
    }

    fn value(&mut self, out: &mut Code, key: &str, value: Option<&Code>) {
        if let Some(value) = value {
            self.start(out, key).push(value);
        }
    }
}

impl<'a> Generator<'a, '_> {
    /// `{key:…,attrs:{…}}`. Values whose names are only known at run time, and whole objects of them, are merged into it by
    /// calls around it.
    pub(super) fn data(&mut self, element: &'a Element) {
        let added = self.added_by_directives(element);
        self.push(if added.listeners.is_some() { "_g(" } else { "" });
        self.push(if added.object.is_some() { "_b(" } else { "" });
        self.push(if element.dynamic_attrs.is_some() { "_b(" } else { "" });
        self.push("{");
        let mut fields = Fields { is_first: true };
        self.identity(&mut fields, element, &added);
        self.looks(&mut fields, element, &added);
        self.behaviour(&mut fields, element, &added);
        self.push("}");
        if let Some(attrs) = &element.dynamic_attrs {
            self.push(&format!(",\"{}\",", element.tag));
            self.properties(attrs.iter());
            self.push(")");
        }
        if let Some(object) = added.object {
            let has = |name: &str| object.modifiers.iter().flatten().any(|modifier| modifier == name);
            self.push(&format!(",'{}',", element.tag));
            self.code(&object.value);
            self.push(if has("prop") { ",true" } else { ",false" });
            self.push(if has("sync") { ",true)" } else { ")" });
        }
        if let Some(listeners) = added.listeners {
            self.push(",");
            self.code(&listeners.value);
            self.push(")");
        }
    }

    fn identity(&mut self, fields: &mut Fields, element: &Element, added: &Added<'_>) {
        let out = &mut self.out;
        for (index, directive) in added.at_run_time.iter().enumerate() {
            if index == 0 {
                fields.start(out, "directives:[");
            } else {
                out.push_str(",");
            }
            push_directive(out, directive);
        }
        if !added.at_run_time.is_empty() {
            out.push_str("]");
        }
        fields.value(out, "key:", element.key.as_ref());
        fields.value(out, "ref:", element.reference.as_ref());
        if element.is_reference_in_for {
            fields.start(out, "refInFor:true");
        }
        if self.is_pre {
            fields.start(out, "pre:true");
        }
        if element.component.is_some() {
            fields.start(out, "tag:\"").push_str(&element.tag);
            out.push_str("\"");
        }
    }

    fn looks(&mut self, fields: &mut Fields, element: &Element, added: &Added<'_>) {
        let out = &mut self.out;
        fields.value(out, "staticClass:", element.static_class.as_ref());
        fields.value(out, "class:", element.class.as_ref());
        fields.value(out, "staticStyle:", element.static_style.as_ref());
        if let Some(style) = &element.style {
            fields.start(out, "style:(").push(style);
            out.push_str(")");
        }
        if let Some(attrs) = &element.attrs {
            fields.start(&mut self.out, "attrs:");
            self.properties(attrs.iter());
        }
        if element.props.is_some() || !added.props.is_empty() {
            fields.start(&mut self.out, "domProps:");
            self.properties(element.props.iter().flatten().chain(&added.props));
        }
    }

    fn behaviour(&mut self, fields: &mut Fields, element: &'a Element, added: &Added<'_>) {
        let events = added.with_events(&element.events);
        if !events.is_empty() {
            fields.start(&mut self.out, "on:");
            self.handlers(&events);
        }
        if !element.native_events.is_empty() {
            fields.start(&mut self.out, "nativeOn:");
            self.handlers(&Added::default().with_events(&element.native_events));
        }
        if element.slot.scope.is_none() {
            fields.value(&mut self.out, "slot:", element.slot.target.as_ref());
        }
        if !element.slot.scoped.is_empty() {
            fields.start(&mut self.out, "");
            self.scoped_slots(element);
        }
        if let Some(model) = &added.model {
            fields.start(&mut self.out, "").push(model);
        }
        if element.is_inline_template
            && let Some(functions) = self.inline_template(element)
        {
            fields.start(&mut self.out, "");
            self.push_inline_template(&functions);
        }
    }
}

/// `{name:"focus",rawName:"v-focus",value:(x),expression:"x"}`.
fn push_directive(out: &mut Code, directive: &Directive) {
    out.push_str("{name:");
    out.push_made_of(&string(&directive.name), directive.span.start);
    out.push_str(",rawName:");
    out.push_quoted(&directive.raw_name);
    if !directive.value.is_empty() {
        out.push_str(",value:(");
        out.push(&directive.value);
        out.push_str("),expression:");
        out.push_quoted(&directive.value);
    }
    match directive.argument.as_ref().filter(|argument| !argument.is_empty()) {
        Some(argument) if directive.is_argument_dynamic => {
            out.push_str(",arg:");
            out.push(argument);
        }
        Some(argument) => {
            out.push_str(",arg:");
            out.push_quoted(argument);
        }
        None => {}
    }
    if let Some(modifiers) = &directive.modifiers {
        out.push_str(",modifiers:{");
        for (index, modifier) in super::events::in_order(modifiers).into_iter().enumerate() {
            out.push_str(if index == 0 { "" } else { "," });
            out.push_str(&string(modifier));
            out.push_str(":true");
        }
        out.push_str("}");
    }
    out.push_str("}");
}
