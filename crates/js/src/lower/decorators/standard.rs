//! The proposal's decorators. A list per class holds the decorators first, then what they made:
//! functions that run initialisers. A static block before all static fields applies the
//! decorators.
//!
//! ```js
//! let _list;
//! class A {
//!   static { _apply_decorators(_list, this, [[0, "x"]]); }
//!   [(_list = [[a]], "x")] = _list[3](this, 1);
//!   #_extra = _list[4](this);
//! }
//! ```
//!
//! A decorator of the class may replace it. Static fields and blocks then use the replacement, and
//! static private members belong to it: an enclosing class declares them and installs them there.
//!
//! ```js
//! let A = (_list = [[decorator]], class _Around extends _identity {
//!   #x;
//!   static [(class A {
//!     static { _start = () => { _A = _apply_decorators(…); new _Around(_A); _A.#x = 1; } }
//!   }, "_")]() {}
//!   static { _start(); }
//! }, _A);
//! ```

use swc_ecma_ast::{
    Class, ClassDecl, ClassExpr, ClassMember, Expr, Ident, PropName, StaticBlock, Stmt,
};
use swc_ecma_utils::private_ident;

use super::{
    super::build,
    evaluation::{Evaluation, Member},
    model::DecoratorLowering,
    nodes, replaced,
};

mod access; // how others reach a private member
mod fields; // the values of fields, and what runs between them
mod members; // decorated members
mod model; // the walk of one class, and the list of functions

use self::model::{
    Between, CLASS_INITIALISERS, FIRST_OF_MEMBERS, Lowering, METHOD_INITIALISERS,
    STATIC_METHOD_INITIALISERS,
};

/// Whether a class has decorators.
pub(super) fn is_decorated(class: &Class) -> bool {
    let of_member = |member: &ClassMember| match member {
        ClassMember::Method(it) => it.function.body.is_some() && !it.function.decorators.is_empty(),
        ClassMember::PrivateMethod(it) => {
            it.function.body.is_some() && !it.function.decorators.is_empty()
        }
        ClassMember::ClassProp(it) => !it.declare && !it.is_abstract && !it.decorators.is_empty(),
        ClassMember::PrivateProp(it) => !it.decorators.is_empty(),
        ClassMember::AutoAccessor(it) => !it.is_abstract && !it.decorators.is_empty(),
        _ => false,
    };
    !class.decorators.is_empty() || class.body.iter().any(of_member)
}

/// Lowers a declaration.
pub(super) fn declaration(declaration: ClassDecl, walk: &mut DecoratorLowering) -> Stmt {
    let ClassDecl { ident, class, declare } = declaration;
    let is_replaced = !class.decorators.is_empty();
    let class = ClassExpr { ident: Some(ident.clone()), class };
    match expression(class, None, walk) {
        Expr::Class(ClassExpr { class, .. }) if !is_replaced => {
            ClassDecl { ident, declare, class }.into()
        }
        value => nodes::let_(ident, value),
    }
}

/// Lowers an expression. `name`: what names the class if it has no name of its own.
pub(super) fn expression(
    class: ClassExpr,
    name: Option<PropName>,
    walk: &mut DecoratorLowering,
) -> Expr {
    let ClassExpr { ident, mut class } = class;
    let of_class = std::mem::take(&mut class.decorators);
    let list = walk.variable("_list");
    let replacement = (!of_class.is_empty()).then(|| {
        let hint = ident.as_ref().map_or("class", |ident| &*ident.sym);
        walk.variable(&format!("_{hint}"))
    });
    let own = ident.as_ref().map(|ident| match &replacement {
        Some(replacement) => {
            let own = replaced::own_name(ident);
            replaced::read_variable(&mut class, ident, &own, replacement);
            own
        }
        None => ident.clone(),
    });
    let mut evaluation = Evaluation {
        walk,
        list: list.clone(),
        has_list: replacement.is_some(),
        is_replaced: replacement.is_some(),
    };
    let of_class: Vec<Expr> =
        of_class.into_iter().map(|decorator| evaluation.decorator(*decorator.expr)).collect();
    let plan = evaluation.plan(&mut class.body);
    let lowering = Lowering {
        walk,
        list: list.clone(),
        replacement: replacement.clone(),
        entries: Vec::new(),
        next: FIRST_OF_MEMBERS,
        has_methods: [false; 2],
        body: Vec::with_capacity(class.body.len() + 2),
        around: Vec::new(),
        between: Between::default(),
    };
    let shown_name = ident.as_ref().map(|ident| ident.clone().into()).or_else(|| name.clone());
    let around = lowering.members(&mut class, plan, shown_name);
    let class = ClassExpr { ident: own, class };
    let Some(replacement) = replacement else { return class.into() };
    let mut value = Expr::from(class);
    if let Some(name) = name {
        value = build::with_name(value, name);
    }
    let decorators = nodes::array(vec![nodes::array(of_class)]);
    let mut exprs = vec![build::assign(list, decorators)];
    match around {
        Some(around) => exprs.push(around.enclose(value, walk)),
        None => exprs.push(value),
    }
    exprs.push(replacement.into());
    build::sequence(exprs.into_iter().map(Box::new).collect())
}

/// The class that encloses a decorated class.
struct Around {
    name: Ident,
    members: Vec<ClassMember>,
}

impl Around {
    /// Puts a class into a key of the enclosing class. There it sees the private names of that
    /// class, and `await` and `yield` are allowed. The static members wait until the enclosing
    /// class exists.
    fn enclose(self, mut value: Expr, walk: &mut DecoratorLowering) -> Expr {
        let Self { name, mut members } = self;
        let start = walk.variable("_start");
        if let Some(class) = inner_class(&mut value) {
            let (blocks, others): (Vec<_>, Vec<_>) =
                std::mem::take(&mut class.body).into_iter().partition(ClassMember::is_static_block);
            let blocks = blocks.into_iter().filter_map(ClassMember::static_block);
            let function = nodes::arrow_with_body(blocks.map(statement_of).collect());
            let set = build::assign(start.clone(), function);
            class.body = others;
            class.body.push(nodes::static_block(vec![build::statement(set)]));
        }
        let exprs = vec![Box::new(value), Box::new(nodes::string(nodes::CARRIER))];
        members.push(nodes::static_method(build::sequence(exprs)));
        let call = build::call(build::NOWHERE, start.into(), Vec::new());
        members.push(nodes::static_block(vec![build::statement(call)]));
        let class = Class {
            super_class: Some(Box::new(build::helper_name("identity").into())),
            body: members,
            ..Class::default()
        };
        ClassExpr { ident: Some(name), class: Box::new(class) }.into()
    }
}

/// Makes a statement of a static block.
fn statement_of(block: StaticBlock) -> Stmt {
    let mut stmts = block.body.stmts;
    if let [Stmt::Expr(_)] = &*stmts {
        return stmts.remove(0);
    }
    let function = nodes::arrow_with_body(stmts);
    build::statement(build::call(block.span, function, Vec::new()))
}

/// Returns the class in `{ name: class {} }.name`, or the class itself.
fn inner_class(value: &mut Expr) -> Option<&mut Class> {
    match value {
        Expr::Class(class) => Some(&mut class.class),
        Expr::Member(member) => {
            let object = member.obj.as_mut_object()?;
            let property = object.props.first_mut()?.as_mut_prop()?.as_mut_key_value()?;
            property.value.as_mut_class().map(|class| &mut *class.class)
        }
        _ => None,
    }
}

impl Lowering<'_> {
    /// Lowers all members.
    fn members(
        mut self,
        class: &mut Class,
        plan: Vec<Member>,
        name: Option<PropName>,
    ) -> Option<Around> {
        let members = std::mem::take(&mut class.body);
        let mut members: Vec<_> = members.into_iter().zip(plan).collect();
        let has_methods = |is_static| {
            move |(member, plan): &(ClassMember, Member)| {
                plan.is_listed && members::is_method(member) == Some(is_static)
            }
        };
        self.has_methods =
            [false, true].map(|is_static| members.iter().any(has_methods(is_static)));
        if self.has_methods[0] {
            self.between.instance.push(self.function(METHOD_INITIALISERS, vec![nodes::this()]));
        }
        let has_carrier = members.last().is_some_and(|(member, _)| members::is_carrier(member));
        for (member, plan) in members.drain(..) {
            if plan.is_listed {
                self.add_listed(member, plan.key);
            } else {
                self.add_unlisted(member, plan.key);
            }
        }
        self.finish_instance();
        let name_around = (!self.around.is_empty()).then(|| private_ident!("_Around"));
        let apply = self.apply(name, has_carrier, name_around.as_ref());
        self.insert_static(apply);
        class.body = self.body;
        name_around.map(|name| Around { name, members: self.around })
    }

    /// Returns the statements that apply the decorators.
    fn apply(
        &mut self,
        name: Option<PropName>,
        has_carrier: bool,
        around: Option<&Ident>,
    ) -> Vec<Stmt> {
        let entries = nodes::array(std::mem::take(&mut self.entries));
        let mut args = vec![self.list.clone().into(), nodes::this(), entries];
        if self.replacement.is_some() {
            args.push(name.map_or_else(|| nodes::string(""), build::key));
        }
        let mut call = build::helper("apply_decorators", args);
        if let Some(replacement) = &self.replacement {
            call = build::assign(replacement.clone(), call);
        }
        let mut exprs = vec![call];
        if let (Some(around), Some(replacement)) = (around, &self.replacement) {
            exprs.push(nodes::new(around.clone(), replacement.clone().into()));
        }
        if has_carrier {
            exprs.push(nodes::delete(build::member(nodes::this(), nodes::CARRIER)));
        }
        if self.has_methods[1] {
            exprs.push(self.function(STATIC_METHOD_INITIALISERS, vec![self.receiver(true)]));
        }
        exprs.into_iter().map(build::statement).collect()
    }

    /// Puts the block that applies the decorators before all other static members, and runs the
    /// initialisers of the class after them.
    fn insert_static(&mut self, mut apply: Vec<Stmt>) {
        let runs_initialisers = self
            .replacement
            .clone()
            .map(|class| build::statement(self.function(CLASS_INITIALISERS, vec![class.into()])));
        let are_others = self.body.iter().any(|member| match member {
            ClassMember::ClassProp(field) => field.is_static,
            ClassMember::PrivateProp(field) => field.is_static,
            ClassMember::StaticBlock(_) => true,
            _ => false,
        });
        if let Some(run) = runs_initialisers {
            if are_others {
                self.body.push(nodes::static_block(vec![run]));
            } else {
                apply.push(run);
            }
        }
        self.body.insert(0, nodes::static_block(apply));
    }
}
