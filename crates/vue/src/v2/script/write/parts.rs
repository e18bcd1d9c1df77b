//! The pieces that the module of a `<script setup>` is written from.

use bundle_base::Span;

use crate::{
    mapped_code::MappedCode,
    v2::script::{default_export::DefaultExport, file::File, macros::Macros, types::Declared},
};

/// How the options of a component are wrapped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrap {
    /// `defineComponent({ … })`: TypeScript.
    DefineComponent,
    /// `Object.assign(__default__, { … })`: the options are assigned to those of a `<script>`
    /// beside setup, as Vue's compiler writes it.
    Assign,
    /// `{ ...__default__, … }`: the options of a `<script>` beside setup are spread, which runs in
    /// every engine once it is lowered.
    Spread,
}

/// The pieces of a module.
pub(crate) struct Parts<'a> {
    pub file: File<'a>,
    /// The name of the component, unless its options have one.
    pub name: Option<&'a str>,
    pub wrap: Wrap,
    pub is_production: bool,
    pub macros: &'a Macros<'a>,
    pub types: &'a Declared,
    pub default_export: Option<DefaultExport<'a>>,
    /// The call that sets the custom properties of styles.
    pub css: Option<MappedCode>,
    /// The names that the setup function returns.
    pub returned: Vec<String>,
    pub blocks: Blocks,
}

/// The places of the scripts in the file.
pub(crate) struct Blocks {
    pub script: Option<Span>,
    pub setup: Span,
    /// The pieces of the setup script that are moved before the function, in order.
    pub hoisted: Vec<Span>,
}
