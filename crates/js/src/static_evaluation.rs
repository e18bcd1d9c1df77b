//! Reads a configuration script, such as webpack.config.js, without running it. An interpreter of
//! our own follows what the text alone decides: literals, variables, functions, loops over known
//! lists, the paths of Node's `path`, and files that the script requires. Whatever comes from a
//! package is a `Symbol`, and every call of one is noted in order. Where a condition cannot be
//! decided, both branches are followed. Nothing of the project is ever executed.

mod arguments; // calling functions of the script; patterns that bind names
mod assignments; // assignments to names and properties
mod builtins; // functions of JavaScript's own objects
mod classes; // classes, and the objects that they make
mod command_line; // what yargs and minimist make of the command line
mod expressions; // expressions -> values
mod lists; // methods of arrays
mod literals; // literals and JSON
mod lodash; // functions of lodash
mod merging; // merging of configurations
mod modules; // what packages and Node's modules do that is known without running them
mod operators; // operators on known values
mod packages; // packages that are configurations
mod script; // Script: a script that is read
mod statements; // statements, and what they declare
#[cfg(test)]
mod tests;
mod texts; // methods of strings
mod value; // Value, Symbol and Scope
mod yaml; // YAML texts

pub use script::{Host, Script};
pub use value::{Field, Function, Object, Origin, ScriptLocation, Symbol, Value};
pub use yaml::yaml;
