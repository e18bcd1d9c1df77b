//! The function of a state machine: joins blocks that only follow each other, numbers the labels,
//! and writes the blocks as cases of a `switch`. Few machines need all of it:
//!
//! ```js
//! function () { return [0, 1]; }                                        // nothing waits
//! function (_label, _sent) { if (!_label) return [1, f()]; g(_sent); }  // one `await`
//! function (_label, _sent) { switch (_label) { case 0: … } }            // no jumps
//! function (_label, _sent) { for (;;) switch (_label) { case 0: … } }
//! ```

use std::mem;

use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    Expr, FnExpr, ForStmt, Function, FunctionBody, Ident, LabeledStmt, Pat, ReturnStmt, Stmt,
    SwitchCase, SwitchStmt,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMutWith, VisitWith};

use super::{
    super::build,
    model::{Block, Label, MachineNames, is_terminal},
};

mod marked; // the labels in code
use marked::{Count, Resolve};

/// Makes the function from its blocks.
pub(super) fn function(
    blocks: Vec<Block>,
    names: &MachineNames,
    mark: &Ident,
    labels: u32,
) -> Expr {
    let mut layout = Layout::new(blocks, mark.clone(), labels);
    layout.forward();
    layout.count();
    layout.join();
    let mut resolve = layout.resolve(names);
    let mut blocks = layout.blocks;
    for block in &mut blocks {
        block.stmts.visit_mut_with(&mut resolve);
    }
    let has_label = blocks.len() > 1;
    let body = body(blocks, names, &resolve);
    let mut params: Vec<Ident> = Vec::new();
    if has_label || names.reads_value || names.has_handlers {
        params.push(names.label.clone());
    }
    if names.reads_value || names.has_handlers {
        params.push(names.value.clone());
    }
    if names.has_handlers {
        params.push(names.state.clone());
    }
    let function = Function {
        params: params.into_iter().map(|name| Pat::from(name).into()).collect(),
        body: Some(FunctionBody { span: build::NOWHERE, stmts: body }),
        ..Function::default()
    };
    FnExpr { ident: None, function: Box::new(function) }.into()
}

fn body(mut blocks: Vec<Block>, names: &MachineNames, resolve: &Resolve) -> Vec<Stmt> {
    if blocks.len() == 1 {
        return blocks.pop().expect("there is one block").stmts;
    }
    if blocks.len() == 2 && !resolve.has_jumps {
        let second = blocks.pop().expect("there are two blocks").stmts;
        let first = blocks.pop().expect("there are two blocks").stmts;
        let is_first = build::not(names.label.clone().into());
        let then = match <[Stmt; 1]>::try_from(first) {
            Ok([only]) if only.is_return_stmt() => only,
            Ok([only]) => build::block(vec![only]),
            Err(several) => build::block(several),
        };
        return std::iter::once(build::when(is_first, then)).chain(second).collect();
    }
    let is_empty = blocks.last().is_some_and(|last| last.stmts.is_empty());
    if !resolve.has_jumps && is_empty {
        // A label without a case also runs nothing.
        blocks.pop();
    } else if resolve.has_jumps
        && let Some(last) = blocks.last_mut()
        && !last.stmts.last().is_some_and(is_terminal)
    {
        last.stmts.push(ReturnStmt::default().into());
    }
    let case = |(number, block): (usize, Block)| SwitchCase {
        span: build::NOWHERE,
        test: Some(Box::new(number.into())),
        cons: block.stmts,
    };
    let switch = Stmt::from(SwitchStmt {
        span: build::NOWHERE,
        discriminant: Box::new(names.label.clone().into()),
        cases: blocks.into_iter().enumerate().map(case).collect(),
        ..SwitchStmt::default()
    });
    if !resolve.has_jumps {
        return vec![switch];
    }
    let dispatch = Stmt::from(ForStmt { body: Box::new(switch), ..ForStmt::default() });
    if !resolve.has_far_jumps {
        return vec![dispatch];
    }
    let (label, body) = (resolve.dispatch.clone(), Box::new(dispatch));
    vec![LabeledStmt { span: build::NOWHERE, label, body }.into()]
}

/// The blocks, and the labels that lead to them.
struct Layout {
    blocks: Vec<Block>,
    mark: Ident,
    /// By number of a label: the label that replaces it.
    stands_for: Vec<u32>,
    count: Count,
}

impl Layout {
    fn new(blocks: Vec<Block>, mark: Ident, labels: u32) -> Self {
        let count = Count { mark: mark.clone(), uses: vec![0; labels as usize + 1] };
        Self { blocks, mark, stands_for: (0..=labels).collect(), count }
    }

    /// Replaces all labels of a block by one of them, and the labels of a block that only jumps by
    /// its target.
    fn forward(&mut self) {
        for index in 0..self.blocks.len() {
            let block = &self.blocks[index];
            let jump = match block.stmts.as_slice() {
                [Stmt::Break(jump)] => marked::label_of(jump, &self.mark).filter(|to| to.0 > 0),
                [] => self.blocks.get(index + 1).map(|next| next.labels[0]),
                _ => None,
            };
            let block = &self.blocks[index];
            let target = jump.or(block.labels.first().copied());
            for label in &block.labels {
                if let Some(target) = target {
                    self.stands_for[label.0 as usize] = target.0;
                }
            }
        }
        for label in 0..self.stands_for.len() {
            self.stands_for[label] = self.final_label(label);
        }
    }

    /// Follows labels that others replace. An endless loop without a statement stays one.
    fn final_label(&self, label: usize) -> u32 {
        let mut at = self.stands_for[label];
        for _ in 0..self.stands_for.len() {
            let next = self.stands_for[at as usize];
            if next == at {
                break;
            }
            at = next;
        }
        at
    }

    fn count(&mut self) {
        for block in &self.blocks {
            block.stmts.visit_with(&mut self.count);
        }
        let uses = mem::take(&mut self.count.uses);
        self.count.uses = vec![0; uses.len()];
        for (label, uses) in uses.into_iter().enumerate() {
            self.count.uses[self.stands_for[label] as usize] += uses;
        }
    }

    fn is_used(&self, block: &Block) -> bool {
        block.labels.iter().any(|label| {
            self.stands_for[label.0 as usize] == label.0 && self.count.uses[label.0 as usize] > 0
        })
    }

    /// Joins blocks that nothing jumps to with the ones before.
    fn join(&mut self) {
        let mut joined: Vec<Block> = Vec::with_capacity(self.blocks.len());
        for mut block in mem::take(&mut self.blocks) {
            if let Some(last) = joined.last_mut() {
                self.turn_condition(last, &block);
                self.fall_through(last, &block);
                if !self.is_used(&block) {
                    if !last.stmts.last().is_some_and(is_terminal) {
                        last.stmts.append(&mut block.stmts);
                    }
                    continue;
                }
            }
            joined.push(block);
        }
        self.blocks = joined;
    }

    /// Removes a jump to the next block.
    fn fall_through(&mut self, block: &mut Block, next: &Block) {
        let jump = block.stmts.last().and_then(Stmt::as_break_stmt);
        let label = jump.and_then(|jump| marked::label_of(jump, &self.mark));
        if let Some(label) = label.filter(|label| self.is_label_of(*label, next)) {
            self.count.uses[self.stands_for[label.0 as usize] as usize] -= 1;
            block.stmts.pop();
        }
    }

    fn is_label_of(&self, label: Label, block: &Block) -> bool {
        let label = self.stands_for[label.0 as usize];
        block.labels.iter().any(|each| each.0 == label)
    }

    /// `if (!test) jump; rest` before the target is `if (test) { rest }`.
    fn turn_condition(&mut self, block: &mut Block, next: &Block) {
        let target = |statement: &Stmt| match statement {
            Stmt::If(condition) if condition.alt.is_none() => match &*condition.cons {
                Stmt::Break(jump) => marked::label_of(jump, &self.mark),
                _ => None,
            },
            _ => None,
        };
        let leads_to_next = |each: &Stmt| target(each).filter(|to| self.is_label_of(*to, next));
        let mut found = Vec::new();
        for (index, each) in block.stmts.iter().enumerate() {
            found.extend(leads_to_next(each).map(|label| (index, label)));
        }
        for (index, label) in found.into_iter().rev() {
            self.count.uses[self.stands_for[label.0 as usize] as usize] -= 1;
            let rest = block.stmts.split_off(index + 1);
            let Some(Stmt::If(condition)) = block.stmts.last_mut() else { return };
            *condition.test = build::not(mem::take(&mut *condition.test));
            *condition.cons = match <[Stmt; 1]>::try_from(rest) {
                Ok([only]) if only.is_return_stmt() || only.is_break_stmt() => only,
                Ok([only]) => build::block(vec![only]),
                Err(rest) => build::block(rest),
            };
        }
    }

    /// Numbers the labels by the blocks.
    fn resolve(&self, names: &MachineNames) -> Resolve {
        let mut numbers = FxHashMap::default();
        for (number, block) in self.blocks.iter().enumerate() {
            for label in &block.labels {
                numbers.insert(label.0, number);
            }
        }
        let last = self.blocks.len() - 1;
        let is_end = |number: usize| number == last && self.blocks[last].stmts.is_empty();
        let places = self.stands_for.iter().map(|label| numbers.get(label).copied());
        Resolve {
            mark: self.mark.clone(),
            ends: numbers.values().copied().find(|number| is_end(*number)),
            places: places.map(Option::unwrap_or_default).collect(),
            label: names.label.clone(),
            dispatch: private_ident!("_run"),
            depth: 0,
            has_jumps: false,
            has_far_jumps: false,
        }
    }
}
