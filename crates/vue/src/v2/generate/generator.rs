//! The state of the generator while it writes code, and the steps of an element that are done.

use std::sync::Arc;

use bundle_base::{Diagnostic, Diagnostics, Label, Source, Span};

use super::functions::{Body, FreeNames};
use crate::{
    mapped_code::MappedCode,
    v2::{
        bindings::Bindings,
        optimize::Hoisting,
        report::report,
        tree::{Element, Tree},
    },
};

/// What the generator knows besides the elements.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub source: &'a Arc<Source>,
    pub bindings: Option<&'a Bindings>,
    /// The component has no instance of its own.
    pub is_functional: bool,
    /// Expressions may contain types.
    pub is_typescript: bool,
}

impl<'a> Context<'a> {
    /// Returns the bindings if the component has a `<script setup>`.
    pub fn setup(self) -> Option<&'a Bindings> {
        self.bindings.filter(|bindings| bindings.is_setup)
    }

    /// Returns the start of every function, which declares `_vm`, `_c` and `_setup`.
    pub fn opening(self) -> &'static str {
        match self.setup() {
            _ if self.is_functional => "",
            Some(_) => "var _vm=this,_c=_vm._self._c,_setup=_vm._self._setupProxy;",
            None => "var _vm=this,_c=_vm._self._c;",
        }
    }
}

pub(super) struct Generator<'a, 'l> {
    pub(super) tree: &'a Tree,
    pub(super) hoisting: &'a Hoisting,
    pub(super) cx: Context<'a>,
    pub(super) log: &'l mut Diagnostics,
    /// The code of the function that is being written.
    pub(super) out: MappedCode,
    /// The free names in that code.
    pub(super) names: FreeNames,
    /// The names that enclosing functions declare: aliases of `v-for` and parameters of slots.
    pub(super) declared: Vec<String>,
    /// An upper bound for the number of brackets that enclose the current position.
    pub(super) depth: usize,
    pub(super) statics: Vec<Body>,
    /// How many numbers have been given to `v-once`.
    pub(super) once: usize,
    /// The element has `v-pre` or is in an element that has it.
    pub(super) is_pre: bool,
    /// The current function renders content of `v-pre`, where `<template>` is an element like any
    /// other.
    pub(super) is_raw: bool,
}

/// The steps of an element that are already written. The generator visits the same element again
/// for each of its structural directives.
#[derive(Clone, Copy, Default)]
pub(super) struct Done(u8);

impl Done {
    pub(super) const HOISTED: Self = Self(1);
    pub(super) const ONCE: Self = Self(2);
    pub(super) const REPEATED: Self = Self(4);
    pub(super) const CHOSEN: Self = Self(8);

    pub(super) fn has(self, step: Self) -> bool {
        self.0 & step.0 != 0
    }

    pub(super) fn and(self, step: Self) -> Self {
        Self(self.0 | step.0)
    }
}

/// What to write for an element inside its structural directives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A call of `_c`.
    Element,
    /// An entry of a component's scoped slots.
    Slot,
}

impl<'a, 'l> Generator<'a, 'l> {
    pub(super) fn new(
        tree: &'a Tree,
        hoisting: &'a Hoisting,
        cx: Context<'a>,
        log: &'l mut Diagnostics,
    ) -> Self {
        Self {
            tree,
            hoisting,
            cx,
            log,
            out: MappedCode::with_capacity(tree.len() * 128),
            names: FreeNames::new(cx.is_typescript),
            declared: Vec::new(),
            depth: 0,
            statics: Vec::new(),
            once: 0,
            is_pre: false,
            is_raw: false,
        }
    }

    pub(super) fn open_function(&mut self) {
        self.out.push_str(self.cx.opening());
        self.out.push_str("return ");
    }

    pub(super) fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    pub(super) fn report(&mut self, message: fn(Label) -> Diagnostic, span: Span) {
        report(self.log, message(Label::new(self.cx.source, span)));
    }

    /// Returns the ancestors from the parent upwards.
    pub(super) fn ancestors(&self, element: &Element) -> impl Iterator<Item = &'a Element> {
        let tree = self.tree;
        std::iter::successors(element.parent, |id| tree[*id].parent).map(|id| &tree[id])
    }
}
