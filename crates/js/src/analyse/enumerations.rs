//! The members of enums, read from the code that they are compiled to: `var E = function (E) {
//! E[E["A"] = 0] = "A"; E["B"] = "b"; return E; }({})`, or with `E || {}` for `{}`. The analysis
//! follows what that function does.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinaryOp, CallExpr, Callee, Expr, Id, Lit, MemberExpr, Pat,
    SimpleAssignTarget, Stmt,
};

use super::{
    constants::KnownConstants,
    member_values::{self, Written},
    recognise::member_name,
};

/// Returns the members of an enum that no other block declares, if its function only writes
/// members.
pub(super) fn members(name: &Id, value: &Expr, known: &KnownConstants) -> Option<Written> {
    let Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) = value.unwrap_parens()
    else {
        return None;
    };
    let Expr::Fn(made) = callee.unwrap_parens() else { return None };
    let [argument] = args.as_slice() else { return None };
    let [parameter] = made.function.params.as_slice() else { return None };
    let Pat::Ident(parameter) = &parameter.pat else { return None };
    let [statements @ .., Stmt::Return(last)] = made.function.body.as_ref()?.stmts.as_slice()
    else {
        return None;
    };
    let own = Own { name: parameter.to_id(), known };
    let returns_it = last.arg.as_deref().is_some_and(|value| own.is_enumeration(value));
    if !is_new(&argument.expr, name) || !returns_it {
        return None;
    }
    let mut members = Written::new();
    for statement in statements {
        let Stmt::Expr(statement) = statement else { return None };
        own.write(&statement.expr, &mut members)?;
    }
    Some(members)
}

/// Whether an argument is `{}`, or `E || {}` where `E` has no value yet.
fn is_new(argument: &Expr, name: &Id) -> bool {
    match argument {
        Expr::Object(object) => object.props.is_empty(),
        Expr::Bin(binary) if binary.op == BinaryOp::LogicalOr => {
            matches!(&*binary.left, Expr::Ident(left) if left.to_id() == *name)
                && is_new(&binary.right, name)
        }
        _ => false,
    }
}

/// The enum under its name inside the function that makes it.
struct Own<'k> {
    name: Id,
    known: &'k KnownConstants,
}

impl Own<'_> {
    /// Whether an expression is the enumeration's name.
    fn is_enumeration(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Ident(name) if name.to_id() == self.name)
    }

    /// Records the members that `E["A"] = value` or `E[E["A"] = value] = "A"` writes.
    fn write(&self, expr: &Expr, members: &mut Written) -> Option<()> {
        let Expr::Assign(assign) = expr.unwrap_parens() else { return None };
        let member = self.target(assign)?;
        if let Some(name) = member_name(&member.prop) {
            return self.add_literal(name.into_owned(), &assign.right, members);
        }
        // The reverse mapping, from the value to the name.
        let inner = member.prop.as_computed()?.expr.as_assign()?;
        let name = member_name(&self.target(inner)?.prop)?;
        let Expr::Lit(Lit::Str(_)) = &*assign.right else { return None };
        self.add_literal(name.into_owned(), &inner.right, members)?;
        // Its key is the text of a number, which is not a member's name, or a string that is the
        // value.
        if let Expr::Lit(Lit::Str(key)) = &*inner.right {
            members.push((key.value.as_str()?.to_owned(), None));
        }
        Some(())
    }

    fn target<'e>(&self, assign: &'e AssignExpr) -> Option<&'e MemberExpr> {
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Member(member))
                if assign.op == AssignOp::Assign && self.is_enumeration(&member.obj) =>
            {
                Some(member)
            }
            AssignTarget::Simple(_) | AssignTarget::Pat(_) => None,
        }
    }

    /// Adds a member whose value is a literal.
    fn add_literal(&self, name: String, value: &Expr, members: &mut Written) -> Option<()> {
        let value = member_values::value(value, self.known)?;
        let is_plain = name != "__proto__";
        is_plain.then(|| members.push((name, Some(value))))
    }
}
