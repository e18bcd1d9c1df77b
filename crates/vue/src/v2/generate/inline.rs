//! `inline-template`: the content of a component is its template, with render functions of its own.

use super::{
    super::tree::{Element, Node},
    functions::Functions,
    generator::Generator,
};
use crate::messages::render as messages;

impl<'a> Generator<'a, '_> {
    /// Generates the functions of `inlineTemplate:{render:function(){…},staticRenderFns:[…]}`.
    /// `None` if the component contains no element.
    pub(super) fn inline_template(&mut self, element: &'a Element) -> Option<Functions> {
        let [first, rest @ ..] = &element.children[..] else {
            self.report(messages::inline_template_root, element.start_tag);
            return None;
        };
        let Node::Element(root) = first else {
            self.report(messages::inline_template_root, element.start_tag);
            return None;
        };
        if !rest.is_empty() {
            self.report(messages::inline_template_root, element.start_tag);
        }
        self.leave_names();
        let mut inner = Generator::new(self.tree, self.hoisting, self.cx, self.log);
        inner.is_pre = self.is_pre;
        Some(inner.functions(Some(*root)))
    }

    pub(super) fn push_inline_template(&mut self, functions: &Functions) {
        self.push("inlineTemplate:{render:function(){");
        self.out.push(&functions.render.code);
        self.push("},staticRenderFns:[");
        for (index, body) in functions.statics.iter().enumerate() {
            self.push(if index == 0 { "function(){" } else { ",function(){" });
            self.out.push(&body.code);
            self.push("}");
        }
        self.push("]}");
    }
}
