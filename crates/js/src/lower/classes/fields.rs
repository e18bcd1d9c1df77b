//! Fields and static blocks. Fields of instances become statements of the constructor; static
//! fields follow the class. Where fields are only assigned, private fields stay, and get their
//! values in order with the others.

use swc_ecma_ast::{
    AssignTarget, BlockStmt, ClassProp, Decl, Expr, Ident, MemberExpr, MemberProp, ParenExpr,
    PrivateName, PrivateProp, PropName, SimpleAssignTarget, StaticBlock, Stmt, Str, ThisExpr,
    VarDecl,
};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{Visit, VisitMutWith, VisitWith, noop_visit_type};

use super::{
    super::build,
    constructor::arrow,
    decorated,
    definition::{self, ClassPieces},
    frame::{Frame, Home, NewTarget, This},
    model::ClassLowering,
    privates,
};

impl ClassLowering<'_> {
    /// Walks and moves a public field.
    pub fn field(&mut self, mut field: ClassProp, pieces: &mut ClassPieces<'_>) {
        let is_loose = self.known.is_loose
            && self.lacks.members
            && !(field.is_static && definition::may_be_fixed(&field.key));
        let is_assigned = self.lacks.assigns_fields || is_loose;
        let defines_itself = decorated::defines_itself(&field);
        if let Some(value) = &mut field.value {
            self.name_property(&field.key, value);
        }
        let moves = self.lacks.members || pieces.moves_fields && !field.is_static;
        let stays = !moves && !is_assigned;
        let frame = pieces.field_frame(field.is_static, stays || !self.lacks.members);
        let is_outside = field.is_static || stays;
        self.field_value(&mut field.value, frame, is_outside, pieces);
        if stays {
            pieces.kept.push(field.into());
            return;
        }
        if self.lacks.assigns_fields && field.value.is_none() {
            return;
        }
        if let Some(call) = field.value.take_if(|_| defines_itself) {
            pieces.add(false, build::statement(*call));
            return;
        }
        self.set_apart(field.value.as_deref_mut(), field.is_static, pieces);
        let object = if self.lacks.members {
            pieces.object(field.is_static)
        } else {
            ThisExpr { span: build::NOWHERE }.into()
        };
        let name = if is_assigned { None } else { name_of(&field.key) };
        let value = field.value.map_or_else(build::undefined, |value| self.named(*value, name));
        let statement = if is_assigned {
            assign(field.span, member(object, field.key), value)
        } else {
            definition::field_definition(object, field.key, value, field.is_static)
        };
        let statement = build::statement(statement);
        if field.is_static && !self.lacks.members {
            let body = BlockStmt { stmts: vec![statement], ..BlockStmt::default() };
            pieces.kept.push(StaticBlock { span: field.span, body }.into());
        } else {
            pieces.add(field.is_static, statement);
        }
    }

    /// Walks and moves a private field.
    pub fn private_field(&mut self, mut field: PrivateProp, pieces: &mut ClassPieces<'_>) {
        let moves = self.lacks.members;
        let is_assigned = pieces.moves_fields && !field.is_static;
        let frame = pieces.field_frame(field.is_static, !moves);
        let is_apart = field.is_static || !moves && !is_assigned;
        self.field_value(&mut field.value, frame, is_apart, pieces);
        if !moves {
            if let Some(value) = field.value.take_if(|_| is_assigned) {
                let this = ThisExpr { span: build::NOWHERE }.into();
                let place = private_place(this, field.key.clone());
                pieces.add(false, build::statement(assign(field.span, place, *value)));
            }
            pieces.kept.push(field.into());
            return;
        }
        self.set_apart(field.value.as_deref_mut(), field.is_static, pieces);
        let shown = format!("#{}", field.key.name);
        let shown = PropName::Str(Str::from(&*shown));
        let value =
            field.value.map_or_else(build::undefined, |value| self.named(*value, Some(shown)));
        let name = field.key.name;
        let side = &mut pieces.sides[usize::from(field.is_static)];
        if side.is_separate {
            let map = self.map_of(&name);
            let record = privates::literal(vec![(name, value)]);
            let args = vec![pieces.object(field.is_static), map.into(), record];
            let statement = build::statement(build::helper("private_add", args));
            pieces.add(field.is_static, statement);
        } else {
            side.values.push((name, value));
        }
    }

    /// Lets an anonymous function have the name of its member.
    pub fn named(&self, value: Expr, name: Option<PropName>) -> Expr {
        match name {
            Some(name) if self.known.keeps_names && !value.is_class() => {
                build::with_name(value, name)
            }
            _ => value,
        }
    }

    fn map_of(&self, name: &swc_atoms::Atom) -> Ident {
        let own = self.privates.last().expect("the class around has private members");
        let found = own.iter().find(|private| private.name == *name);
        found.expect("the field is one of them").map.clone()
    }

    /// Walks the value of a field. Its variables belong to the function that it moves to, or to the
    /// enclosing one.
    fn field_value(
        &mut self,
        value: &mut Option<Box<Expr>>,
        frame: Frame,
        is_outside: bool,
        pieces: &mut ClassPieces<'_>,
    ) {
        self.within(frame, |walk| {
            if is_outside {
                value.visit_mut_with(walk);
            } else {
                let scoped = std::mem::take(&mut walk.scoped);
                std::mem::swap(&mut walk.variables, &mut pieces.fields.variables);
                value.visit_mut_with(walk);
                std::mem::swap(&mut walk.variables, &mut pieces.fields.variables);
                pieces.fields.variables.extend(std::mem::replace(&mut walk.scoped, scoped));
            }
        });
    }

    /// Walks and moves a static block.
    pub fn static_block(&mut self, mut block: StaticBlock, pieces: &mut ClassPieces<'_>) {
        let moves = self.lacks.members;
        let frame = pieces.field_frame(true, !moves);
        let is_plain = !block.body.stmts.iter().any(declares);
        self.within(frame, |walk| block.body.stmts.visit_mut_with(walk));
        if !moves && !self.lacks.static_blocks {
            pieces.kept.push(block.into());
            return;
        }
        let mut statements = block.body.stmts;
        if moves && is_plain {
            for statement in statements {
                pieces.add(true, statement);
            }
            return;
        }
        let value = if let [Stmt::Expr(only)] = &mut *statements {
            std::mem::take(&mut *only.expr)
        } else {
            let expr = Box::new(arrow(statements));
            let callee = Expr::from(ParenExpr { span: build::NOWHERE, expr });
            build::call(block.span, callee, Vec::new())
        };
        if moves {
            pieces.add(true, build::statement(value));
            return;
        }
        pieces.blocks += 1;
        let name = format!("_static_block_{}", pieces.blocks).into();
        let key = PrivateName { span: build::NOWHERE, name };
        let value = Some(Box::new(value));
        let field =
            PrivateProp { span: block.span, key, value, is_static: true, ..Default::default() };
        pieces.kept.push(field.into());
    }
}

impl ClassPieces<'_> {
    /// The frame of a field's value, or of a static block. `stays`: in the class.
    fn field_frame(&self, is_static: bool, stays: bool) -> Frame {
        let object = self.name.clone();
        let home = Home {
            object,
            is_prototype: !is_static,
            stays: stays || !self.leaves_super(is_static),
        };
        let this = match (is_static, &self.this) {
            _ if stays => This::Stays,
            (true, _) => This::Is(self.name.clone()),
            (false, Some(this)) => This::Is(this.clone()),
            (false, None) => This::Stays,
        };
        let new_target = if stays { NewTarget::Stays } else { NewTarget::Undefined };
        Frame { this, home: Some(home), new_target, initialises: true, ..Frame::default() }
    }

    /// Whether code that leaves the class moves to a place where `super` is not allowed.
    fn leaves_super(&self, is_static: bool) -> bool {
        is_static || self.is_function
    }

    /// The object that gets the fields.
    pub fn object(&self, is_static: bool) -> Expr {
        match (is_static, &self.this) {
            (true, _) => self.name.clone().into(),
            (false, Some(this)) => this.clone().into(),
            (false, None) => ThisExpr { span: build::NOWHERE }.into(),
        }
    }

    fn add(&mut self, is_static: bool, statement: Stmt) {
        if is_static { self.after.push(statement) } else { self.fields.statements.push(statement) }
    }

    /// Adds the calls that make the records that fields share.
    pub fn add_records(&mut self) {
        let this = self.object(false);
        if let Some(record) = self.sides[0].record(&this) {
            self.fields.statements.insert(0, build::statement(record));
        }
        let class = self.object(true);
        if let Some(record) = self.sides[1].record(&class) {
            self.after.insert(0, build::statement(record));
        }
    }
}

fn assign(span: swc_common::Span, place: MemberExpr, value: Expr) -> Expr {
    let target = AssignTarget::Simple(SimpleAssignTarget::Member(place));
    let mut assign = build::assign(target, value);
    if let Expr::Assign(assign) = &mut assign {
        assign.span = span;
    }
    assign
}

/// Returns the key of a field if it is a name.
fn name_of(key: &PropName) -> Option<PropName> {
    match key {
        PropName::Ident(name) if &*name.sym != "__proto__" => Some(key.clone()),
        PropName::Str(text) if text.value.as_str().is_some_and(|it| it != "__proto__") => {
            Some(key.clone())
        }
        _ => None,
    }
}

/// Makes `object.key`.
fn member(object: Expr, key: PropName) -> MemberExpr {
    match key {
        PropName::Ident(name) => object.make_member(name),
        PropName::Computed(computed) => object.computed_member(computed.expr),
        key => object.computed_member(build::key(key)),
    }
}

fn private_place(object: Expr, name: PrivateName) -> MemberExpr {
    let prop = MemberProp::PrivateName(name);
    MemberExpr { span: build::NOWHERE, obj: Box::new(object), prop }
}

/// Whether a statement declares names that another function or block would see.
fn declares(statement: &Stmt) -> bool {
    let mut found = Declares(matches!(statement, Stmt::Decl(_)));
    statement.visit_with(&mut found);
    found.0
}

struct Declares(bool);

impl Visit for Declares {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        self.0 |= declaration.kind == swc_ecma_ast::VarDeclKind::Var;
        declaration.visit_children_with(self);
    }

    fn visit_decl(&mut self, declaration: &Decl) {
        self.0 |= declaration.is_fn_decl();
        declaration.visit_children_with(self);
    }

    fn visit_function(&mut self, _: &swc_ecma_ast::Function) {}

    fn visit_arrow_expr(&mut self, _: &swc_ecma_ast::ArrowExpr) {}
}
