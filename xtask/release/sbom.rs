//! The list of components in the format of `CycloneDX` 1.5. It has no serial number, because that
//! would have to differ each time.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    crates::Linked,
    licence,
    release::{self, Release},
    time,
};

/// Returns the list for a program, named with its target.
pub fn text(
    release: &Release,
    (name, target): (&str, &str),
    linked: &[Linked],
) -> Result<String, String> {
    let own = format!("{name}@{}", release.version);
    let compiler = release::output(Path::new("."), "rustc", &["--version"])?;
    let compiler = compiler.split(' ').nth(1).unwrap_or_default().to_owned();
    let standard = format!("rust-std@{compiler}");
    let mut components = vec![json!({
        "type": "library",
        "bom-ref": standard,
        "name": "rust-std",
        "version": compiler,
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    })];
    for each in linked {
        components.push(component(each)?);
    }
    let every: Vec<String> =
        std::iter::once(standard).chain(linked.iter().map(Linked::id)).collect();
    let mut dependencies = vec![json!({ "ref": own, "dependsOn": every })];
    dependencies
        .extend(linked.iter().map(|each| json!({ "ref": each.id(), "dependsOn": each.needs })));
    let list = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": time::iso(release.time),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": name,
                "version": release.version,
                "licenses": [{ "license": { "id": "MIT" } }],
                "properties": [{ "name": "target", "value": target }],
            },
        },
        "components": components,
        "dependencies": dependencies,
    });
    let text = serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?;
    Ok(format!("{text}\n"))
}

fn component(linked: &Linked) -> Result<Value, String> {
    let mut component = json!({
        "type": "library",
        "bom-ref": linked.id(),
        "name": linked.name,
        "version": linked.version,
        "scope": "required",
    });
    if let Some(checksum) = &linked.checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component["licenses"] = json!([{ "expression": licence::expression(linked)? }]);
    // A plus in a version is a space to those who decode the address.
    let version = linked.version.replace('+', "%2B");
    component["purl"] = json!(format!("pkg:cargo/{}@{version}", linked.name));
    Ok(component)
}
