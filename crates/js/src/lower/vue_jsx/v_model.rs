//! Expands `v-model={target}` on an element or component, as in a template, to the value that it
//! shows and the handler that assigns it. Modifiers follow underscores: `vModel_trim`.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source};
use swc_common::{DUMMY_SP, Span};
use swc_ecma_ast::{
    Expr, JSXAttr, JSXAttrName, JSXAttrOrSpread, JSXAttrValue, JSXElementName, JSXOpeningElement,
    Lit, MemberProp, SpreadElement,
};

use super::{
    build::{attribute, expression_of, name_of, string, text_value},
    tags, template,
};
use crate::{ast, messages};

/// Replaces every `v-model` of an element. `instance` is the component whose code contains the
/// element.
pub(super) fn expand(
    element: &mut JSXOpeningElement,
    instance: &Expr,
    source: &Arc<Source>,
) -> Result<(), Box<Diagnostic>> {
    while let Some(at) = element.attrs.iter().position(is_model) {
        let JSXAttrOrSpread::JSXAttr(written) = element.attrs.remove(at) else { continue };
        let label = |span: Span| Label::new(source, ast::span(span));
        let name = name_of(&written);
        let Some(value) = expression_of(&written) else {
            return Err(Box::new(messages::directive_without_braces(label(written.span), &name)));
        };
        let Some(target) = assignable(value) else {
            return Err(Box::new(messages::model_not_assignable(label(written.span))));
        };
        let modifiers = name.split('_').skip(1).map(str::to_owned).collect();
        let model = Model { span: written.span, value: value.clone(), target, modifiers, instance };
        let Some(tag) = native_tag(&element.name) else {
            model.component(element);
            continue;
        };
        let kind = text_of(element, "type").unwrap_or_default();
        match (tag.as_str(), kind.as_str()) {
            ("select", _) => model.select(element),
            ("input", "checkbox") => model.checkbox(element),
            ("input", "radio") => model.radio(element),
            ("input" | "textarea", kind) => model.text(element, kind),
            _ => return Err(Box::new(messages::model_unsupported(label(written.span), &tag))),
        }
        model.directive(element);
    }
    Ok(())
}

fn is_model(attribute: &JSXAttrOrSpread) -> bool {
    match attribute {
        JSXAttrOrSpread::JSXAttr(JSXAttr { name: JSXAttrName::Ident(name), .. }) => {
            name.sym.starts_with("v-model") || name.sym.starts_with("vModel")
        }
        _ => false,
    }
}

fn native_tag(name: &JSXElementName) -> Option<String> {
    match name {
        JSXElementName::Ident(name) if tags::is_native(&name.sym) => Some(name.sym.to_string()),
        _ => None,
    }
}

/// Returns the expression without parentheses and types, if it can be assigned to.
fn assignable(expr: &Expr) -> Option<Expr> {
    let expr = bare(expr);
    matches!(expr, Expr::Ident(_) | Expr::Member(_) | Expr::SuperProp(_)).then(|| expr.clone())
}

fn bare(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Paren(inner) => &inner.expr,
            Expr::TsAs(inner) => &inner.expr,
            Expr::TsNonNull(inner) => &inner.expr,
            Expr::TsTypeAssertion(inner) => &inner.expr,
            Expr::TsSatisfies(inner) => &inner.expr,
            other => return other,
        };
    }
}

/// Returns the text of `name="text"`.
fn text_of(element: &JSXOpeningElement, name: &str) -> Option<String> {
    element.attrs.iter().find_map(|attribute| match attribute {
        JSXAttrOrSpread::JSXAttr(attribute) if name_of(attribute) == name => match &attribute.value
        {
            Some(JSXAttrValue::Str(text)) => Some(text.value.to_string_lossy().into_owned()),
            _ => None,
        },
        _ => None,
    })
}

/// Removes and returns an attribute that the handler needs itself, under either of its names.
fn take_attribute(element: &mut JSXOpeningElement, names: [&str; 2]) -> Option<Expr> {
    let at = element.attrs.iter().position(|attribute| {
        matches!(
            attribute,
            JSXAttrOrSpread::JSXAttr(a) if names.contains(&name_of(a).as_str())
        )
    })?;
    match element.attrs.remove(at) {
        JSXAttrOrSpread::JSXAttr(attribute) => match &attribute.value {
            Some(JSXAttrValue::Str(text)) => Some(text_value(text)),
            _ => expression_of(&attribute).cloned(),
        },
        JSXAttrOrSpread::SpreadElement(_) => None,
    }
}

/// One `v-model`.
struct Model<'a> {
    span: Span,
    value: Expr,
    /// The value as an assignment target.
    target: Expr,
    modifiers: Vec<String>,
    instance: &'a Expr,
}

impl Model<'_> {
    fn has(&self, modifier: &str) -> bool {
        self.modifiers.iter().any(|known| known == modifier)
    }

    /// Returns the text of an assignment. A member of anything but the component is set by Vue, so
    /// that it is reactive even if it is new.
    fn assignment(&self, value: &str) -> String {
        match &self.target {
            Expr::Member(member)
                if !matches!(bare(&member.obj), Expr::This(_))
                    && !member.prop.is_private_name() =>
            {
                format!("INSTANCE.$set(OBJECT, KEY, {value})")
            }
            _ => format!("TARGET = {value}"),
        }
    }

    fn number(&self, value: &str) -> String {
        if self.has("number") { format!("INSTANCE._n({value})") } else { value.to_owned() }
    }

    /// Parses the text of a handler. `more`: holes in addition to those of every
    /// assignment.
    fn code(&self, text: &str, more: &[(&str, &Expr)]) -> Expr {
        let mut holes =
            vec![("INSTANCE", self.instance), ("VALUE", &self.value), ("TARGET", &self.target)];
        holes.extend(more);
        let Expr::Member(member) = &self.target else { return template::expression(text, &holes) };
        let key = match &member.prop {
            MemberProp::Ident(name) => string(&name.sym, DUMMY_SP),
            MemberProp::Computed(key) => (*key.expr).clone(),
            MemberProp::PrivateName(_) => return template::expression(text, &holes),
        };
        holes.extend([("OBJECT", &*member.obj), ("KEY", &key)]);
        template::expression(text, &holes)
    }

    fn shows(&self, element: &mut JSXOpeningElement, name: &str, value: Expr) {
        element.attrs.push(attribute(name, self.span, value));
    }

    /// Adds a handler before those in the source, which then see the new value.
    fn handles(&self, element: &mut JSXOpeningElement, event: &str, handler: Expr) {
        element.attrs.insert(0, attribute(&format!("on-{event}"), self.span, handler));
    }

    fn component(&self, element: &mut JSXOpeningElement) {
        let value =
            if self.has("trim") { "typeof $$v === 'string' ? $$v.trim() : $$v" } else { "$$v" };
        let assignment = self.assignment(&self.number(value));
        let model = format!("({{ value: VALUE, callback: $$v => {{ {assignment}; }} }})");
        self.shows(element, "model", self.code(&model, &[]));
    }

    fn select(&self, element: &mut JSXOpeningElement) {
        let value = self.number("'_value' in o ? o._value : o.value");
        let assignment =
            self.assignment("$event.target.multiple ? $$selectedVal : $$selectedVal[0]");
        let handler = format!(
            "$event => {{
                const $$selectedVal = Array.prototype.filter.call($event.target.options, o => \
                o.selected).map(o => {value});
                {assignment};
            }}"
        );
        self.handles(element, "change", self.code(&handler, &[]));
    }

    fn checkbox(&self, element: &mut JSXOpeningElement) {
        let constant = |text| template::expression(text, &[]);
        let own = take_attribute(element, ["value", "value"]).unwrap_or_else(|| constant("null"));
        let yes = take_attribute(element, ["true-value", "trueValue"])
            .unwrap_or_else(|| constant("true"));
        let no = take_attribute(element, ["false-value", "falseValue"])
            .unwrap_or_else(|| constant("false"));
        let holes = [("OWN", &own), ("YES", &yes), ("NO", &no)];
        let is_plain = matches!(&yes, Expr::Lit(Lit::Bool(yes)) if yes.value);
        let single = if is_plain { "VALUE" } else { "INSTANCE._q(VALUE, YES)" };
        let checked = format!("Array.isArray(VALUE) ? INSTANCE._i(VALUE, OWN) > -1 : {single}");
        self.shows(element, "domProps-checked", self.code(&checked, &holes));
        let own = self.number("OWN");
        let add = self.assignment("$$a.concat([$$v])");
        let remove = self.assignment("$$a.slice(0, $$i).concat($$a.slice($$i + 1))");
        let set = self.assignment("$$c");
        let handler = format!(
            "$event => {{
                const $$a = VALUE, $$el = $event.target, $$c = $$el.checked ? YES : NO;
                if (Array.isArray($$a)) {{
                    const $$v = {own}, $$i = INSTANCE._i($$a, $$v);
                    if ($$el.checked) $$i < 0 && ({add});
                    else $$i > -1 && ({remove});
                }} else {set};
            }}"
        );
        self.handles(element, "change", self.code(&handler, &holes));
    }

    fn radio(&self, element: &mut JSXOpeningElement) {
        let own = take_attribute(element, ["value", "value"])
            .unwrap_or_else(|| template::expression("null", &[]));
        let value = self.number("OWN");
        let holes = [("OWN", &own)];
        self.shows(
            element,
            "domProps-checked",
            self.code(&format!("INSTANCE._q(VALUE, {value})"), &holes),
        );
        let handler = format!("$event => {{ {}; }}", self.assignment(&value));
        self.handles(element, "change", self.code(&handler, &holes));
    }

    fn text(&self, element: &mut JSXOpeningElement, kind: &str) {
        let (is_lazy, is_range) = (self.has("lazy"), kind == "range");
        let event = match (is_lazy, is_range) {
            (true, _) => "change",
            // Vue listens to `input` or `change`, whichever the browser fires.
            (false, true) => "__r",
            (false, false) => "input",
        };
        let value =
            if self.has("trim") { "$event.target.value.trim()" } else { "$event.target.value" };
        let assignment = self.assignment(&self.number(value));
        // During the composition of a word the value is not final.
        let guard = if is_lazy || is_range { "" } else { "if ($event.target.composing) return;" };
        self.shows(element, "domProps-value", self.value.clone());
        self.handles(
            element,
            event,
            self.code(&format!("$event => {{ {guard} {assignment}; }}"), &[]),
        );
        if self.has("trim") || self.has("number") {
            self.handles(element, "blur", self.code("$event => { INSTANCE.$forceUpdate(); }", &[]));
        }
    }

    /// Adds Vue's directive `model`, which keeps options selected and handles composition.
    fn directive(&self, element: &mut JSXOpeningElement) {
        let mut modifiers: Vec<String> = Vec::new();
        for modifier in &self.modifiers {
            let entry = format!("{modifier:?}: true");
            if !modifiers.contains(&entry) {
                modifiers.push(entry);
            }
        }
        let modifiers = modifiers.join(", ");
        let text = format!(
            "({{ directives: [{{ name: 'model', value: VALUE, modifiers: {{ {modifiers} }} }}] }})"
        );
        let expr = Box::new(self.code(&text, &[]));
        element
            .attrs
            .push(JSXAttrOrSpread::SpreadElement(SpreadElement { dot3_token: self.span, expr }));
    }
}
