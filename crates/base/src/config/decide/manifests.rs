//! Decides which manifests are written, to which files, and with which addresses and names.

use super::{
    super::{
        Manifest, ManifestKind, messages,
        raw::{RawManifest, Written},
    },
    deciding::Deciding,
    names,
};

const KINDS: [(&str, ManifestKind); 8] = [
    ("entrypoints", ManifestKind::Entrypoints),
    ("mix", ManifestKind::Mix),
    ("vite", ManifestKind::Vite),
    ("encore", ManifestKind::Encore),
    ("webpack", ManifestKind::Webpack),
    ("bud", ManifestKind::Bud),
    ("php", ManifestKind::Php),
    ("wordpress", ManifestKind::Wordpress),
];

impl Deciding<'_> {
    /// Returns the manifests, each file once.
    pub(super) fn manifests(&mut self) -> Vec<Manifest> {
        let Some(written) = self.raw.output.manifest.as_deref() else {
            let is_default = self.builds_areas() && self.raw.output.file.is_none();
            return Vec::from_iter(is_default.then(|| ManifestKind::Entrypoints.into()));
        };
        let mut manifests: Vec<Manifest> = Vec::new();
        for written in written {
            let kind = self.word(Some(&written.kind), "kind of manifest", &KINDS);
            let Some(kind) = kind else { continue };
            let manifest = self.manifest(kind, written);
            if manifests.contains(&manifest) {
                continue;
            }
            if let Some(other) = manifests.iter().find(|other| other.file == manifest.file)
                && !manifest.file.is_empty()
            {
                let other =
                    KINDS.iter().find(|(_, kind)| *kind == other.kind).map_or("", |(name, _)| name);
                self.log.push(messages::manifests_of_one_name(
                    &written.kind.origin,
                    &written.kind.value,
                    other,
                    &manifest.file,
                ));
            }
            manifests.push(manifest);
        }
        let has = |kind| manifests.iter().any(|manifest| manifest.kind == kind);
        let needs_entrypoints =
            [ManifestKind::Php, ManifestKind::Encore, ManifestKind::Bud].into_iter().any(has);
        if needs_entrypoints && !has(ManifestKind::Entrypoints) {
            manifests.push(ManifestKind::Entrypoints.into());
        }
        manifests
    }

    fn manifest(&mut self, kind: ManifestKind, written: &RawManifest) -> Manifest {
        use ManifestKind::{Encore, Vite, Webpack};
        let mut manifest = Manifest::from(kind);
        let mut given = |key: &str, value: &Option<Written<String>>, kinds: &[ManifestKind]| {
            let value = value.as_ref()?;
            if !kinds.contains(&kind) {
                let known = KINDS.iter().filter(|(_, kind)| kinds.contains(kind));
                let known: Vec<&str> = known.map(|(name, _)| *name).collect();
                self.log.push(messages::manifest_without_key(&value.origin, key, &known));
                return None;
            }
            Some(value.clone())
        };
        let file = given("file", &written.file, &[Vite, Encore, Webpack]);
        manifest.public_path = given("publicPath", &written.public_path, &[Webpack])
            .map(|path| if path.value.is_empty() { path.value } else { slashed(path.value) });
        manifest.prefix =
            given("prefix", &written.prefix, &[Encore, Webpack]).map(|prefix| prefix.value);
        if let Some(file) = file {
            let name = [".js", ".css", ".mjs"].iter().find_map(|end| file.value.strip_suffix(end));
            if let Some((why, near)) = names::mistake(name.unwrap_or(&file.value)) {
                let near = near.as_deref();
                self.log.push(messages::bad_output_name(&file.origin, &file.value, why, near));
            }
            manifest.file = file.value;
        }
        manifest
    }
}

/// Returns an address with a slash at its end.
fn slashed(path: String) -> String {
    if path.ends_with('/') { path } else { path + "/" }
}
