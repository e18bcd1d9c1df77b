//! Writes the events of a component: `emits: ["change"]`.

use swc_ecma_ast::Pat;

use super::parts::Parts;
use crate::{
    mapped_code::MappedCode,
    v2::{literal::string, script::types},
};

pub(super) fn write(parts: &Parts<'_>, code: &mut MappedCode) {
    let Some(emits) = &parts.macros.emits else { return };
    if let Some(runtime) = emits.runtime {
        code.push_str("\n  emits: ");
        parts.file.copy(runtime, code);
        code.push_str(",");
    } else if let Some(shape) = emits.shape {
        let events: Vec<String> = types::events(shape).iter().map(|event| string(event)).collect();
        if !events.is_empty() {
            code.push_str(&format!("\n  emits: [{}],", events.join(", ")));
        }
    }
}

/// Writes the parameter that gives the setup function `emit`.
pub(super) fn write_target(parts: &Parts<'_>, target: &Pat, code: &mut MappedCode) {
    match target {
        Pat::Ident(name) if name.id.sym == "emit" => parts.file.copy(&name.id, code),
        Pat::Ident(name) => {
            code.push_str("emit: ");
            parts.file.copy(&name.id, code);
        }
        pattern => {
            code.push_str("emit: ");
            parts.file.copy(pattern, code);
        }
    }
}
