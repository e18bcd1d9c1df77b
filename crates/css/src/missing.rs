//! Remedies for addresses that do not lead to a stylesheet.

use bundle_base::{Diagnostic, Label, decode, installed, loader::LoadContext};

use crate::messages;

/// Returns the error for an address that leads to no stylesheet. `near`: a similar one that does.
pub fn stylesheet(
    address: &str,
    near: Option<&str>,
    label: Label,
    cx: &LoadContext<'_>,
) -> Diagnostic {
    let wanted = address.strip_prefix('~').unwrap_or(address);
    let package = installed::name(wanted);
    let json = cx.fs.read(&cx.config.project.join("package.json")).unwrap_or_default();
    let is_listed = decode::decode_lossy(&json).contains(&format!("\"{package}\":"));
    let is_name = package.starts_with(|c: char| c.is_ascii_alphanumeric())
        || (package.starts_with('@') && !package.starts_with("@/") && package.contains('/'));
    let folders = label.source.path.ancestors().chain(cx.config.project.ancestors());
    let mut places = folders.map(|folder| folder.join("node_modules").join(package));
    let is_missing = is_name
        && (is_listed || wanted.len() < address.len())
        && !places.any(|place| cx.fs.kind(&place).is_some());
    if is_missing {
        messages::missing_style_package(label, address, package, is_listed)
    } else {
        messages::missing_style(label, address, near)
    }
}
