//! How the rendered text refers to a resolved name: by a name of the chunk's scope, by a member of
//! an object, by a getter, or by the literal itself.

use bundle_base::config::Format;

use super::Named;
use crate::{link::Resolved, plan::Binding};

/// Returns how the rendered text refers to a resolved name, and the name that goes into its slot.
pub fn binding_of(resolved: &Resolved, format: Format) -> (Binding, Option<Named>) {
    match resolved {
        Resolved::Symbol(symbol) => (Binding::Name, Some(Named::Symbol(*symbol))),
        Resolved::Namespace(of) => (Binding::Name, Some(Named::Namespace(*of))),
        Resolved::Dynamic { module, name } => {
            (Binding::Member(name.clone()), Some(Named::Namespace(*module)))
        }
        Resolved::Constant(_, value) => (Binding::Literal(value.clone()), None),
        Resolved::Missing => (Binding::Missing, None),
        Resolved::CommonJs(interop) => match interop.name.as_deref() {
            None => (Binding::Name, Some(Named::CommonJsNamespace(interop.of, interop.is_node))),
            Some("default") if interop.is_node => (Binding::Name, Some(Named::Exports(interop.of))),
            Some("default") => (Binding::Getter, Some(Named::Default(interop.of))),
            Some(name) => (Binding::Member(name.to_owned()), Some(Named::Exports(interop.of))),
        },
        Resolved::External(interop) => match (format, interop.name.as_deref()) {
            (_, None) => {
                (Binding::Name, Some(Named::ExternalNamespace(interop.of, interop.is_node)))
            }
            (Format::Esm, Some(name)) if interop.is_property => (
                Binding::Member(name.to_owned()),
                Some(Named::ExternalNamespace(interop.of, interop.is_node)),
            ),
            (Format::Esm, Some(name)) => {
                (Binding::Name, Some(Named::ExternalName(interop.of, name.to_owned())))
            }
            (_, Some("default")) if interop.is_node => {
                (Binding::Name, Some(Named::External(interop.of)))
            }
            (_, Some("default")) => (Binding::Getter, Some(Named::ExternalDefault(interop.of))),
            (_, Some(name)) => {
                (Binding::Member(name.to_owned()), Some(Named::External(interop.of)))
            }
        },
    }
}
