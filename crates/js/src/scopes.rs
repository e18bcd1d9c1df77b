//! The bindings of a program. One walk (`number`) finds what every name refers to, writes the
//! number of the binding into the name's syntax context, and fills a table (`Scopes`) with each
//! binding's kind, scope, reads and writes. From then on no code compares names: equal numbers are
//! the same binding, and a name without a binding has the context `free()`.
//!
//! Names that passes made have contexts of their own. `number` distinguishes names by text and
//! context, so the same walk numbers a program as parsed, a program after such passes, and one that
//! was numbered before.

mod check; // whether the table matches a program
mod contexts; // the syntax contexts of names without a number
mod hoist; // what a function declares outside of its parameters
mod rename; // new names for bindings that would hide others
mod shorten; // short names for bindings
mod table; // the table
mod visible; // the bindings that are visible at a place, by name
mod walk; // the walk that numbers names

pub(crate) use check::check;
pub(crate) use contexts::{free, helpers, runtime, settled};
pub(crate) use rename::{key_of, number_apart, rename, respell, set_apart};
pub(crate) use shorten::shorten;
pub(crate) use table::{Binding, Kind, Scopes, context_of, index_of};
pub(crate) use walk::{Mentions, number, number_with_mentions};

#[cfg(test)]
mod tests;
