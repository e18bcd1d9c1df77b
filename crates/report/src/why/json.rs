//! The answer of `bundle why` as JSON.

use bundle_base::json::pretty;
use serde_json::{Value, json};

use super::{chain::Chain, presence::Presence};
use crate::parsed_metafile::{EntryPoint, ImportSite, Metafile, Need};

/// Explains why modules are in outputs.
pub fn modules(what: &str, found: &[Presence<'_>]) -> String {
    let outputs: Vec<Value> = found.iter().map(presence).collect();
    pretty(&json!({ "what": what, "outputs": outputs }))
}

/// Describes an output, and the roots that need it.
pub fn output(metafile: &Metafile, path: &str) -> String {
    let output = &metafile.outputs[path];
    let by: Vec<Value> = metafile
        .used_by(path)
        .iter()
        .map(|(path, kind)| json!({ "path": path, "kind": kind }))
        .collect();
    pretty(&json!({
        "what": path, "bytes": output.bytes, "neededFor": roots(&metafile.roots(path, output)),
        "importedBy": by, "modules": output.inputs.len(),
    }))
}

/// Lists the places that import an external.
pub fn external(what: &str, asked: &[ImportSite]) -> String {
    let by: Vec<Value> = asked.iter().map(ask).collect();
    pretty(&json!({ "what": what, "external": true, "askedForBy": by }))
}

fn presence(found: &Presence<'_>) -> Value {
    let modules: Vec<Value> = found
        .modules
        .iter()
        .map(|(path, bytes)| json!({ "path": path, "bytesInOutput": bytes }))
        .collect();
    let names: Vec<Value> =
        found.names.iter().map(|(name, by)| json!({ "name": name, "usedBy": ask(by) })).collect();
    let mut object = json!({
        "output": found.path,
        "modules": modules,
        "chains": found.chains.iter().map(chain).collect::<Vec<_>>(),
        "names": names,
        "hasEffects": found.has_effects,
        "neededFor": roots(&found.needed_for),
    });
    if !found.loaded_for.is_empty() {
        object["loadedFor"] = json!(roots(&found.loaded_for));
    }
    object
}

/// Returns roots as JSON.
pub fn roots(all: &[&EntryPoint]) -> Vec<Value> {
    all.iter().map(|root| json!({ "path": root.path, "kind": root.kind })).collect()
}

fn chain(chain: &Chain<'_>) -> Value {
    let steps: Vec<Value> = chain.needs.iter().map(|need| step(need)).collect();
    json!({ "entry": chain.entry, "steps": steps, "end": chain.end })
}

fn step(need: &Need) -> Value {
    let mut object = ask(&need.ask);
    object["names"] = json!(need.names);
    if !need.through.is_empty() {
        object["through"] = json!(need.through.iter().map(ask).collect::<Vec<_>>());
    }
    object
}

fn ask(ask: &ImportSite) -> Value {
    let mut object = json!({ "path": ask.path, "kind": ask.kind });
    if let Some(line) = ask.place.line {
        object["line"] = json!(line);
        object["column"] = json!(ask.place.column);
        object["text"] = json!(ask.place.text);
    }
    object
}
