//! Prints object literals and the names of properties.

use swc_common::Spanned;
use swc_ecma_ast::{
    GetterProp, IdentName, KeyValueProp, MethodProp, ObjectLit, PrivateName, Prop, PropName,
    PropOrSpread, SetterProp, SpreadElement,
};

use super::{Printer, escapes, precedence::Need};

impl Printer<'_> {
    pub(super) fn object(&mut self, node: &ObjectLit) {
        self.leading(node.span);
        self.at(node.span);
        self.out.mark("{");
        if !node.props.is_empty() {
            self.out.line();
            self.out.indent += 1;
            for (index, property) in node.props.iter().enumerate() {
                if index > 0 {
                    self.out.mark(",");
                    self.out.line();
                }
                self.prop_or_spread(property);
            }
            self.out.indent -= 1;
            self.out.line();
        } else if self.has_before_last(node.span) {
            self.out.line();
        }
        self.last(node.span);
        self.out.closing("}");
    }

    fn prop_or_spread(&mut self, node: &PropOrSpread) {
        match node {
            PropOrSpread::Spread(spread) => self.spread(spread),
            PropOrSpread::Prop(property) => {
                let outer = self.enter(property.span_lo());
                self.prop(property);
                self.leave(outer);
            }
        }
    }

    fn spread(&mut self, node: &SpreadElement) {
        let span = node.span();
        self.leading(span);
        self.at(span);
        self.out.mark("...");
        self.value(&node.expr);
        self.after(span);
    }

    fn prop(&mut self, node: &Prop) {
        match node {
            Prop::Shorthand(name) => self.ident(name),
            Prop::KeyValue(property) => self.key_value(property),
            Prop::Getter(getter) => self.getter(getter),
            Prop::Setter(setter) => self.setter(setter),
            Prop::Method(method) => self.method_prop(method),
            Prop::Assign(assign) => {
                self.leading(assign.span);
                self.ident(&assign.key);
                self.out.mark("=");
                self.value(&assign.value);
            }
        }
    }

    fn key_value(&mut self, node: &KeyValueProp) {
        self.leading(node.span());
        self.prop_name(&node.key);
        self.out.mark(":");
        self.out.gap();
        self.value(&node.value);
    }

    fn getter(&mut self, node: &GetterProp) {
        self.leading(node.span);
        self.at(node.span);
        self.out.keyword("get");
        self.out.gap();
        self.prop_name(&node.key);
        self.out.gap();
        self.function_rest(&node.function);
    }

    fn setter(&mut self, node: &SetterProp) {
        self.leading(node.span);
        self.at(node.span);
        self.out.keyword("set");
        self.out.gap();
        self.prop_name(&node.key);
        self.out.gap();
        self.function_parts(&node.function, |printer, body| printer.function_body(body, true));
    }

    fn method_prop(&mut self, node: &MethodProp) {
        let span = node.span();
        self.leading(span);
        self.at(span);
        if node.function.is_async {
            self.out.keyword("async");
            self.out.space();
        }
        if node.function.is_generator {
            self.out.mark("*");
        }
        self.prop_name(&node.key);
        self.out.gap();
        self.function_rest(&node.function);
    }

    /// Prints the name of a property or class member.
    pub(super) fn prop_name(&mut self, name: &PropName) {
        match name {
            PropName::Ident(name) if self.out.ascii && !name.sym.is_ascii() => {
                self.leading(name.span);
                self.at(name.span);
                self.out.name(&escapes::property(&name.sym, self.is_es5));
            }
            PropName::Ident(name) => self.ident_name(name),
            PropName::Str(text) => self.string(text),
            PropName::Num(number) => self.property_number(number),
            PropName::BigInt(number) => self.big_int(number),
            PropName::Computed(computed) => self.computed(computed, Need::VALUE),
        }
    }

    pub(super) fn ident_name(&mut self, node: &IdentName) {
        self.symbol(node.span, &node.sym);
    }

    pub(super) fn private_name(&mut self, node: &PrivateName) {
        self.leading(node.span);
        self.at(node.span);
        if self.out.ascii && !node.name.is_ascii() {
            self.out.private_name(&format!("#{}", escapes::name(&node.name, self.is_es5)));
        } else {
            self.out.private_name(&format!("#{}", node.name));
        }
        self.after(node.span);
    }
}
