//! Decides the manual chunks of shared areas, and reports what two of them claim.

use camino::Utf8PathBuf;

use super::{
    super::{
        Entry, Format, Manifest, ManifestKind, ManualChunk, OutputConfig, Splitting, messages,
        raw::{Origin, RawArea, Written},
    },
    deciding::{Deciding, Named},
};

/// A manual chunk with the places where its claims are written.
struct Claims<'w> {
    chunk: ManualChunk,
    /// Where the chunk's folder is written.
    origin: &'w Origin,
    packages: &'w [Written<String>],
}

impl Deciding<'_> {
    /// Whether all areas are built even if arguments name only some: what is in a manual
    /// chunk depends on every entry that shares it.
    pub(super) fn shares(&self) -> bool {
        self.builds_areas() && self.raw.entries.areas.iter().any(is_shared)
    }

    /// Returns the manual chunks of shared areas. `named`: all entries, each with its area.
    pub(super) fn shared(&mut self, named: &[Named], splitting: Splitting) -> Vec<ManualChunk> {
        let raw = self.raw;
        let mut found: Vec<Claims<'_>> = Vec::new();
        for area in &raw.entries.areas {
            if let (Some(first), false) = (area.packages.first(), is_shared(area)) {
                self.log.push(messages::packages_without_shared(&first.origin, &area.name.value));
            }
            let Some(shared) =
                area.shared.as_ref().filter(|_| is_shared(area) && self.builds_areas())
            else {
                continue;
            };
            if splitting == Splitting::None {
                self.log.push(messages::shared_without_splitting(&shared.origin));
                return Vec::new();
            }
            self.manual_chunks_of(area, named, &mut found);
        }
        self.check_claims(&found);
        found.into_iter().map(|claims| claims.chunk).collect()
    }

    /// Adds a chunk for each entry of an area. If the area has a single entry, its chunk gets the
    /// packages; otherwise they get a chunk of their own.
    fn manual_chunks_of<'w>(
        &mut self,
        area: &'w RawArea,
        named: &'w [Named],
        found: &mut Vec<Claims<'w>>,
    ) {
        let first = found.len();
        let area_name = &area.name.value;
        let is_exact = area.hash.as_ref().is_some_and(|written| !written.value);
        let own = named
            .iter()
            .enumerate()
            .filter(|(_, this)| this.entry.area.as_ref() == Some(area_name));
        for (position, Named { entry, origin }) in own {
            // In WebAssembly no path counts as absolute.
            let is_file = entry.path.has_root();
            let folder = is_file.then(|| entry.path.parent().map(Utf8PathBuf::from)).flatten();
            let packages = if is_file { Vec::new() } else { vec![entry.specifier.clone()] };
            let name = entry.name.clone();
            let chunk = ManualChunk {
                name,
                entry: Some(position),
                folder,
                packages,
                is_exact,
                is_implicit: false,
            };
            found.push(Claims { chunk, origin, packages: &[] });
        }
        let packages = area.packages.iter().map(|package| package.value.clone());
        if let [only] = &mut found[first..] {
            only.chunk.packages.extend(packages);
            only.packages = &area.packages;
        } else if !area.packages.is_empty() {
            if let Some(other) = named.iter().find(|this| this.entry.name == *area_name) {
                let paths = (other.entry.specifier.as_str(), "the packages of this area");
                self.log.push(messages::duplicate_output(
                    &area.name.origin,
                    &format!("{area_name}.js"),
                    paths,
                    &other.origin,
                ));
            }
            let packages = packages.collect();
            let name = area_name.clone();
            let chunk = ManualChunk {
                name,
                entry: None,
                folder: None,
                packages,
                is_exact,
                is_implicit: false,
            };
            found.push(Claims { chunk, origin: &area.name.origin, packages: &area.packages });
        }
    }

    /// Avoids scripts that no page would include. With `async`, and if the only manifests are those
    /// of Laravel Mix, webpack-manifest-plugin and WordPress, which do not list the chunks that
    /// an entry needs, every script that pages include has a name that the user chose: shared
    /// modules go into chunks of shared areas, or into the script of the only entry that needs
    /// them initially. Without shared areas, several entries get copies of shared modules.
    pub(super) fn without_chunks(
        &mut self,
        output: &mut OutputConfig,
        entries: &[Entry],
        shared: &mut Vec<ManualChunk>,
    ) {
        let is_script = output.format == Format::Iife;
        let by_name = [ManifestKind::Mix, ManifestKind::Webpack, ManifestKind::Wordpress];
        let names_scripts = |one: &Manifest| by_name.contains(&one.kind);
        let is_by_name = !output.manifests.is_empty() && output.manifests.iter().all(names_scripts);
        // An argument may name one of several areas. Its files are those of a build of all.
        let is_all = self.raw.entries.chosen.is_empty() || !self.builds_areas();
        let is_alone = shared.is_empty();
        let is_single = is_alone && entries.len() == 1 && is_all;
        output.splitting = match output.splitting {
            Splitting::Async if is_alone => Splitting::Async,
            Splitting::Shared if is_script && is_single => Splitting::Single,
            Splitting::Shared if is_script && is_by_name && is_alone => Splitting::Async,
            Splitting::Async => Splitting::Shared,
            Splitting::Shared if is_script && is_by_name => Splitting::Shared,
            Splitting::Shared | Splitting::Single | Splitting::None => return,
        };
        if let Some(asked) = &self.raw.output.splitting
            && asked.value == Splitting::Shared
            && output.splitting == Splitting::Async
        {
            self.log.push(messages::splitting_by_name(&asked.origin));
        }
        if !is_script {
            return;
        }
        let declared = shared.clone();
        let is_free = |position: usize| declared.iter().all(|chunk| chunk.entry != Some(position));
        let implicit = |(position, entry): (usize, &Entry)| ManualChunk {
            name: entry.name.clone(),
            entry: Some(position),
            folder: None,
            packages: Vec::new(),
            is_exact: false,
            is_implicit: true,
        };
        shared.extend(
            entries.iter().enumerate().filter(|(position, _)| is_free(*position)).map(implicit),
        );
    }

    fn check_claims(&mut self, found: &[Claims<'_>]) {
        for (position, this) in found.iter().enumerate() {
            let before = &found[..position];
            let same = before.iter().find(|other| {
                this.chunk.folder.is_some() && other.chunk.folder == this.chunk.folder
            });
            if let Some(other) = same {
                let names = [other.chunk.name.as_str(), this.chunk.name.as_str()];
                self.log.push(messages::folder_claimed_twice(this.origin, names, other.origin));
            }
            for package in this.packages {
                let other = before
                    .iter()
                    .flat_map(|other| other.packages)
                    .find(|other| other.value == package.value);
                if let Some(other) = other {
                    self.log.push(messages::package_claimed_twice(
                        &package.origin,
                        &package.value,
                        &other.origin,
                    ));
                }
            }
        }
    }
}

fn is_shared(area: &RawArea) -> bool {
    area.shared.as_ref().is_some_and(|shared| shared.value)
}
