//! The second argument of `_c`: everything about an element except its tag and children.

use super::{
    super::{
        literal::string,
        tree::{Directive, Element},
    },
    directives::Added,
    generator::Generator,
};
use crate::mapped_code::MappedCode;

/// Writes the commas of an object.
struct Fields {
    is_first: bool,
}

impl Fields {
    fn start(&mut self, out: &mut Generator<'_, '_>, key: &str) {
        if !std::mem::replace(&mut self.is_first, false) {
            out.push(",");
        }
        out.push(key);
    }

    fn value(&mut self, out: &mut Generator<'_, '_>, key: &str, value: Option<&MappedCode>) {
        if let Some(value) = value {
            self.start(out, key);
            out.value(value);
        }
    }

    /// Writes a generated literal, which contains no names.
    fn literal(&mut self, out: &mut Generator<'_, '_>, key: &str, value: Option<&MappedCode>) {
        if let Some(value) = value {
            self.start(out, key);
            out.out.push(value);
        }
    }
}

impl<'a> Generator<'a, '_> {
    /// Writes `{key:…,attrs:{…}}`. Calls that wrap the object merge attributes whose names are
    /// known only at run time, and whole objects (`v-bind="object"`, `v-on="object"`).
    pub(super) fn data(&mut self, element: &'a Element) {
        let added = self.added_by_directives(element);
        let around = [
            ("_g", added.listeners.is_some()),
            ("_b", added.object.is_some()),
            ("_b", element.data.dynamic_attrs.is_some()),
        ];
        for (name, _) in around.into_iter().filter(|(_, is_there)| *is_there) {
            self.call_of(name);
        }
        self.push("{");
        let mut fields = Fields { is_first: true };
        self.identity(&mut fields, element, &added);
        self.looks(&mut fields, element, &added);
        self.behaviour(&mut fields, element, &added);
        self.push("}");
        if let Some(attrs) = &element.data.dynamic_attrs {
            self.push(&format!(",\"{}\",", element.tag));
            self.properties(attrs.iter());
            self.push(")");
        }
        if let Some(object) = added.object {
            let has =
                |name: &str| object.modifiers.iter().flatten().any(|modifier| modifier == name);
            self.push(&format!(",'{}',", element.tag));
            self.value(&object.value);
            self.push(if has("prop") { ",true" } else { ",false" });
            self.push(if has("sync") { ",true)" } else { ")" });
        }
        if let Some(listeners) = added.listeners {
            self.push(",");
            self.value(&listeners.value);
            self.push(")");
        }
    }

    fn identity(&mut self, fields: &mut Fields, element: &Element, added: &Added<'_>) {
        for (index, directive) in added.at_run_time.iter().enumerate() {
            if index == 0 {
                fields.start(self, "directives:[");
            } else {
                self.push(",");
            }
            self.directive(directive);
        }
        if !added.at_run_time.is_empty() {
            self.push("]");
        }
        fields.value(self, "key:", element.key.as_ref());
        fields.value(self, "ref:", element.reference.as_ref().map(|reference| &reference.name));
        if element.reference.as_ref().is_some_and(|reference| reference.is_in_for) {
            fields.start(self, "refInFor:true");
        }
        if self.is_pre {
            fields.start(self, "pre:true");
        }
        if element.component.is_some() {
            fields.start(self, "tag:\"");
            self.push(&element.tag);
            self.push("\"");
        }
    }

    fn looks(&mut self, fields: &mut Fields, element: &Element, added: &Added<'_>) {
        fields.literal(self, "staticClass:", element.data.static_class.as_ref());
        fields.value(self, "class:", element.data.class.as_ref());
        fields.literal(self, "staticStyle:", element.data.static_style.as_ref());
        if let Some(style) = &element.data.style {
            fields.start(self, "style:(");
            self.expression(style);
            self.push(")");
        }
        if let Some(attrs) = &element.data.attrs {
            fields.start(self, "attrs:");
            self.properties(attrs.iter());
        }
        if element.data.props.is_some() || !added.props.is_empty() {
            fields.start(self, "domProps:");
            self.properties(element.data.props.iter().flatten().chain(&added.props));
        }
    }

    fn behaviour(&mut self, fields: &mut Fields, element: &'a Element, added: &Added<'_>) {
        let events = added.with_events(&element.data.events);
        if !events.is_empty() {
            fields.start(self, "on:");
            self.handlers(&events);
        }
        if !element.data.native_events.is_empty() {
            fields.start(self, "nativeOn:");
            self.handlers(&Added::default().with_events(&element.data.native_events));
        }
        if element.slot.scope.is_none() {
            fields.value(self, "slot:", element.slot.target.as_ref());
        }
        if !element.slot.scoped.is_empty() {
            fields.start(self, "");
            self.scoped_slots(element);
        }
        fields.value(self, "model:", added.model.as_ref());
        if element.is_inline_template
            && let Some(functions) = self.inline_template(element)
        {
            fields.start(self, "");
            self.push_inline_template(&functions);
        }
    }

    /// Writes `{name:"focus",rawName:"v-focus",value:(x),expression:"x"}`.
    fn directive(&mut self, directive: &Directive) {
        self.push("{name:");
        self.out.push_made_of(&string(&directive.name), directive.span.start);
        self.push(",rawName:");
        self.out.push_quoted(&directive.raw_name);
        if !directive.value.is_empty() {
            self.push(",value:(");
            self.expression(&directive.value);
            self.push("),expression:");
            self.out.push_quoted(&directive.value);
        }
        match directive.argument.as_ref().filter(|argument| !argument.is_empty()) {
            Some(argument) if directive.is_argument_dynamic => {
                self.push(",arg:");
                self.value(argument);
            }
            Some(argument) => {
                self.push(",arg:");
                self.out.push_quoted(argument);
            }
            None => {}
        }
        if let Some(modifiers) = &directive.modifiers {
            self.push(",modifiers:{");
            for (index, modifier) in super::events::in_order(modifiers).into_iter().enumerate() {
                self.push(if index == 0 { "" } else { "," });
                self.push(&string(modifier));
                self.push(":true");
            }
            self.push("}");
        }
        self.push("}");
    }
}
