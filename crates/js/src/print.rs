//! Prints programs: swc's trees as JavaScript text with slots, either readable or without white
//! space. Parentheses are derived from precedence while printing, so `Expr::Paren` nodes mean
//! nothing; unused values of sequences are dropped. For source maps, each token is reported with
//! its place in the source. Programs contain no TypeScript and no JSX when they are printed.

mod classes; // classes and their members
mod comments; // where comments are printed
mod escapes; // the text inside quotes, names and regular expressions
mod expressions; // expressions, and where they need parentheses
mod functions; // functions, arrow functions and parameters
mod lists; // arguments, arrays and braces
mod literals; // numbers, strings and regular expressions
mod loops; // loops, and statements as bodies
mod members; // members, calls, `new` and optional chains
mod modules; // import and export
mod nested; // the comments below the top level
mod objects; // object literals and the names of properties
mod operators; // operators and assignments
mod patterns; // patterns and targets of assignments
mod precedence; // how strongly expressions bind
mod printer; // the state of printing, and places in the source
mod sequences; // comma operators, without unused values
mod statements; // statements and declarations
mod templates; // template literals
#[cfg(test)]
mod tests;
mod writer; // the text, its slots and its mappings

pub(crate) use nested::NestedComments;
pub(crate) use printer::{Printer, Style};
