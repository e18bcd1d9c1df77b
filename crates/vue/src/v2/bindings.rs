//! What the names of a script are to the template and to styles: what the script's analysis tells
//! the template's compiler.

use rustc_hash::FxHashMap;

/// Names of a script with what they are (`BindingMetadata` of Vue's compiler).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings {
    /// By name.
    pub names: FxHashMap<String, Binding>,
    /// They are those of a `<script setup>`: names of the `Setup…` kinds are read from its proxy.
    pub is_setup: bool,
}

/// What a name is. In Vue's words: `data`, `props`, `setup-let` ….
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Returned from `data()`.
    Data,
    /// Declared as a prop.
    Props,
    /// `let` in setup: may or may not be a ref.
    SetupLet,
    /// A constant that can never be a ref.
    SetupConst,
    /// A constant that needs no unwrapping, but may be changed: what `reactive()` gives.
    SetupReactiveConst,
    /// A constant that may be a ref.
    SetupMaybeRef,
    /// Certainly a ref.
    SetupRef,
    /// Declared by other options: computed, inject, methods.
    Options,
}

impl Binding {
    /// True if the name belongs to `<script setup>`.
    pub fn is_setup(self) -> bool {
        match self {
            Self::Data | Self::Props | Self::Options => false,
            Self::SetupLet
            | Self::SetupConst
            | Self::SetupReactiveConst
            | Self::SetupMaybeRef
            | Self::SetupRef => true,
        }
    }
}

/// What is said of a script beside its names: nothing follows from it but advice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What the options register as components, and the component itself by its name.
    pub components: Vec<String>,
    /// The template may read no other names than those in `Bindings`, but for what plugins give to
    /// every component.
    pub has_all_names: bool,
}
