//! Classes: private names, `super`, and names that members may not have.

use bundle_base::diagnostic::nearest;
use swc_common::Span;
use swc_ecma_ast::{
    Class, ClassMember, ClassMethod, Expr, Key, PrivateMethod, PrivateName, PropName, StaticBlock,
};
use swc_ecma_visit::VisitWith;

use super::{
    checker::{Checker, MemberPart, PrivateMember, PrivateScope},
    context::{Context, Fact},
};
use crate::messages;

impl Checker<'_> {
    /// Checks a class. All of its code is strict.
    pub(super) fn class(&mut self, class: &Class) {
        class.decorators.visit_with(self);
        let outside = self.context;
        self.context = self.context.with(Fact::Strict);
        // The class's private names are not in scope in its heritage.
        class.super_class.visit_with(self);
        let names = self.declare_privates(class);
        self.privates.push(names);
        for member in &class.body {
            self.member(member, class.super_class.is_some());
        }
        self.privates.pop();
        self.context = outside;
    }

    fn declare_privates(&mut self, class: &Class) -> PrivateScope {
        let mut scope = PrivateScope::default();
        for member in &class.body {
            let (name, is_static, part) = match member {
                ClassMember::PrivateMethod(method) if method.function.body.is_some() => {
                    (&method.key, method.is_static, method.kind.into())
                }
                ClassMember::PrivateProp(field) => (&field.key, field.is_static, MemberPart::Whole),
                ClassMember::AutoAccessor(accessor) => match &accessor.key {
                    Key::Private(name) => (name, accessor.is_static, MemberPart::Whole),
                    Key::Public(_) => continue,
                },
                _ => continue,
            };
            let declared = PrivateMember { span: name.span, is_static, part };
            let Some(first) = scope.names.get(&name.name).copied() else {
                scope.names.insert(name.name.clone(), declared);
                continue;
            };
            let is_pair = matches!(
                (first.part, part),
                (MemberPart::Getter, MemberPart::Setter) | (MemberPart::Setter, MemberPart::Getter)
            );
            if is_pair && first.is_static == is_static {
                scope.names.insert(
                    name.name.clone(),
                    PrivateMember { part: MemberPart::Whole, ..declared },
                );
            } else {
                let (at, first) = (self.label(name.span), self.label(first.span));
                self.report(messages::declared_twice(at, &format!("#{}", name.name), first));
            }
        }
        scope
    }

    fn member(&mut self, member: &ClassMember, is_derived: bool) {
        match member {
            ClassMember::Constructor(constructor) => {
                // A constructor without a body is an overload signature of TypeScript.
                if let Some(body) = &constructor.body {
                    let context = self.context.function(false, false).with(Fact::SuperMember);
                    let context = context.set(Fact::SuperCall, is_derived);
                    self.constructor(&constructor.params, body, context);
                }
            }
            ClassMember::Method(method) => self.method(method),
            ClassMember::PrivateMethod(method) => self.private_method(method),
            ClassMember::ClassProp(field) => {
                self.field_name(&field.key, field.is_static);
                field.decorators.visit_with(self);
                self.initializer(field.value.as_deref().filter(|_| !field.declare));
            }
            ClassMember::PrivateProp(field) => {
                field.decorators.visit_with(self);
                self.private_characters(&field.key);
                self.initializer(field.value.as_deref());
            }
            ClassMember::AutoAccessor(accessor) => {
                match &accessor.key {
                    Key::Private(name) => self.private_characters(name),
                    Key::Public(name) => self.field_name(name, accessor.is_static),
                }
                accessor.decorators.visit_with(self);
                self.initializer(accessor.value.as_deref());
            }
            ClassMember::StaticBlock(block) => self.static_block(block),
            ClassMember::TsIndexSignature(_) | ClassMember::Empty(_) => {}
        }
    }

    fn method(&mut self, method: &ClassMethod) {
        method.key.visit_with(self);
        if method.is_static && is_named(&method.key, "prototype") {
            let span = name_span(&method.key);
            self.report(messages::static_prototype(self.label(span)));
        }
        if method.function.body.is_some() {
            self.words_before(method.span.lo, name_span(&method.key).lo, &method.function);
            let context =
                self.context.function(method.function.is_async, method.function.is_generator);
            self.function(&method.function, None, context.with(Fact::SuperMember));
        }
    }

    fn private_method(&mut self, method: &PrivateMethod) {
        self.private_characters(&method.key);
        if method.function.body.is_some() {
            self.words_before(method.span.lo, method.key.span.lo, &method.function);
            let context =
                self.context.function(method.function.is_async, method.function.is_generator);
            self.function(&method.function, None, context.with(Fact::SuperMember));
        }
    }

    fn field_name(&mut self, key: &PropName, is_static: bool) {
        key.visit_with(self);
        if is_static && is_named(key, "prototype") {
            self.report(messages::static_prototype(self.label(name_span(key))));
        } else if is_named(key, "constructor") {
            self.report(messages::constructor_field(self.label(name_span(key))));
        }
    }

    fn initializer(&mut self, value: Option<&Expr>) {
        if let Some(value) = value {
            self.within(Context::initializer(), |me| value.visit_with(me));
        }
    }

    fn static_block(&mut self, block: &StaticBlock) {
        self.within(Context::static_block(), |me| block.body.stmts.visit_with(me));
    }

    /// Checks a use of a private name, which some enclosing class must declare.
    pub(super) fn private_name(&mut self, name: &PrivateName) {
        self.private_characters(name);
        if self.privates.iter().any(|scope| scope.names.contains_key(&name.name)) {
            return;
        }
        let known = self.privates.iter().rev().flat_map(|scope| scope.names.keys());
        let mut known: Vec<&str> = known.map(|name| &**name).collect();
        known.sort_unstable();
        let near = nearest(&name.name, known).map(|near| format!("#{near}"));
        let is_outside = self.privates.is_empty();
        self.report(messages::undeclared_private(
            self.label(name.span),
            &name.name,
            near.as_deref(),
            is_outside,
        ));
    }

    fn private_characters(&mut self, name: &PrivateName) {
        if name.name.is_empty()
            || name.name.starts_with(['\u{200c}', '\u{200d}'])
            || self.has_gap(name)
        {
            self.report(messages::name_start(self.label(name.span)));
        }
    }

    /// Whether there is a gap in `# name`, which must be one token.
    fn has_gap(&self, name: &PrivateName) -> bool {
        self.text_of(name.span)
            .strip_prefix('#')
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    }
}

/// Whether a key is written as this name. A computed key may be any name.
pub(super) fn is_named(key: &PropName, word: &str) -> bool {
    match key {
        PropName::Ident(name) => &*name.sym == word,
        PropName::Str(text) => text.value.as_str() == Some(word),
        PropName::Num(_) | PropName::Computed(_) | PropName::BigInt(_) => false,
    }
}

/// Returns the place of a key.
pub(super) fn name_span(key: &PropName) -> Span {
    use swc_common::Spanned;
    key.span()
}
