//! The kinds of names that a script gives to the template and to styles. The analysis of scripts
//! makes these values, and the compiler of templates reads them.

use rustc_hash::FxHashMap;

/// The names of a script with their kinds (`BindingMetadata` of Vue's compiler).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings {
    /// The kind of each name.
    pub names: FxHashMap<String, Binding>,
    /// The names are those of a `<script setup>`: the template reads names of the `Setup…` kinds
    /// from its proxy.
    pub is_setup: bool,
}

/// The kind of a name. Vue calls these `data`, `props`, `setup-let` ….
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Returned from `data()`.
    Data,
    /// Declared as a prop.
    Props,
    /// `let` in setup. It may or may not be a ref.
    SetupLet,
    /// A constant that can never be a ref.
    SetupConst,
    /// A constant that needs no unwrapping, but whose content may change: the result of
    /// `reactive()`.
    SetupReactiveConst,
    /// A constant that may be a ref.
    SetupMaybeRef,
    /// Certainly a ref.
    SetupRef,
    /// Declared by other options: `computed`, `inject`, `methods`.
    Options,
}

impl Binding {
    /// Whether the name belongs to `<script setup>`.
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

/// Facts about a script besides its names. Only warnings follow from them, no output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The names that the options register as components, and the name of the component itself.
    pub components: Vec<String>,
    /// `Bindings` has all names that the template may read, except those that plugins add to every
    /// component.
    pub has_all_names: bool,
}
