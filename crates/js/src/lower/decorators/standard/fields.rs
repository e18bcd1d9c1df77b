//! The values of fields. Code that a field's decorators add runs right after the field: in the
//! value of the next field, or in the value of a private field that exists only for this.

use swc_ecma_ast::{ClassMember, ClassProp, Expr, PrivateName, PrivateProp, PropName, Stmt};

use super::{
    super::{
        super::{build, classes},
        nodes, replaced,
    },
    model::Lowering,
};

/// The functions of a field in the list.
#[derive(Clone, Copy)]
pub(super) struct Functions {
    /// Makes the value.
    pub value: usize,
    /// Runs once the field exists.
    pub extra: usize,
    pub is_static: bool,
}

/// The name of a field.
pub(super) enum FieldName {
    Public(PropName),
    Private(PrivateName),
}

impl Lowering<'_> {
    /// Makes the value of a decorated field. `shown`: the name that an anonymous function gets.
    pub fn decorated_value(
        &self,
        value: Option<Box<Expr>>,
        functions: Functions,
        shown: PropName,
    ) -> Expr {
        let mut args = vec![self.receiver(functions.is_static)];
        args.extend(value.map(|value| build::with_name(*value, shown)));
        self.function(functions.value, args)
    }

    /// Adds a field of an instance.
    pub fn instance_field(&mut self, mut member: ClassMember, functions: Option<Functions>) {
        let pending = std::mem::take(&mut self.between.instance);
        if !pending.is_empty() {
            match value_of(&mut member) {
                Some(value) if !build::is_anonymous(value) => {
                    let mut exprs: Vec<_> = pending.into_iter().map(Box::new).collect();
                    exprs.push(Box::new(std::mem::take(&mut **value)));
                    **value = build::sequence(exprs);
                }
                _ => self.run_in_field(pending),
            }
        }
        self.body.push(member);
        if let Some(functions) = functions {
            self.between.instance.push(self.function(functions.extra, vec![nodes::this()]));
        }
    }

    /// Runs what is left after the last field.
    pub fn finish_instance(&mut self) {
        let pending = std::mem::take(&mut self.between.instance);
        if !pending.is_empty() {
            self.run_in_field(pending);
        }
    }

    fn run_in_field(&mut self, exprs: Vec<Expr>) {
        let name = self.walk.private_name("extra");
        let value = build::sequence(exprs.into_iter().map(Box::new).collect());
        self.body.push(nodes::private_field(name, Some(value)).into());
    }

    /// Adds a static field.
    pub fn static_field(
        &mut self,
        name: FieldName,
        value: Option<Expr>,
        functions: Option<Functions>,
    ) {
        if self.replacement.is_some() {
            self.moved_field(name, value);
        } else {
            let value = value.map(Box::new);
            self.body.push(match name {
                FieldName::Public(key) => {
                    ClassProp { key, value, is_static: true, ..ClassProp::default() }.into()
                }
                FieldName::Private(key) => {
                    PrivateProp { key, value, is_static: true, ..PrivateProp::default() }.into()
                }
            });
        }
        if let Some(functions) = functions {
            let run = self.function(functions.extra, vec![self.receiver(true)]);
            self.body.push(nodes::static_block(vec![build::statement(run)]));
        }
    }

    /// Adds a static field of the class that replaces this one.
    fn moved_field(&mut self, name: FieldName, value: Option<Expr>) {
        let class = self.receiver(true);
        let mut value = value.unwrap_or_else(build::undefined);
        if let Some(replacement) = &self.replacement {
            replaced::replace_this(&mut value, replacement);
        }
        let set = match name {
            FieldName::Private(name) => {
                self.around.push(nodes::private_field(name.clone(), None).into());
                build::assign(nodes::private_target(class, name), value)
            }
            FieldName::Public(key) if self.walk.assigns_fields => {
                build::assign(nodes::target(class, &key), value)
            }
            FieldName::Public(key) => classes::field_definition(class, key, value, true),
        };
        self.static_statements(vec![build::statement(set)]);
    }

    fn static_statements(&mut self, statements: Vec<Stmt>) {
        self.body.push(nodes::static_block(statements));
    }
}

fn value_of(member: &mut ClassMember) -> Option<&mut Box<Expr>> {
    match member {
        ClassMember::ClassProp(field) => field.value.as_mut(),
        ClassMember::PrivateProp(field) => field.value.as_mut(),
        ClassMember::AutoAccessor(field) => field.value.as_mut(),
        _ => None,
    }
}
