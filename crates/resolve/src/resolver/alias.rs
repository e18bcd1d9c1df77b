//! Aliases of the configuration, and `paths` of tsconfig.json after them. oxc_resolver asks
//! tsconfig.json before its aliases, so its rules for aliases are repeated here.

use bundle_base::{FileSystem, config::AliasTarget, fs::FileKind};
use camino::Utf8Path;
use oxc_resolver::{ResolveContext, ResolverGeneric};

use super::{Disk, Failed, OxcRequest, Resolver};
use crate::path;

/// What the aliases make of a specifier.
enum Aliased {
    /// No alias matches.
    No,
    /// The name of a package, or of `paths` in tsconfig.json.
    Name(String),
    /// oxc_resolver decides alone: the alias is a path or an empty module, or aliases lead to each
    /// other.
    Decided,
}

impl Resolver {
    /// Asks oxc_resolver, with the tsconfig.json of the importer where no alias decides.
    pub(super) fn query_oxc(
        &self,
        inner: &ResolverGeneric<Disk>,
        asked: &OxcRequest<'_>,
    ) -> Result<oxc_resolver::Resolution, Failed> {
        let without_paths =
            || inner.resolve(asked.directory, asked.specifier).map_err(Failed::Resolver);
        let Some(tsconfig) = self.tsconfig(asked).map_err(Failed::Reason)? else {
            return without_paths();
        };
        let aliased = self.after_aliases(asked.specifier);
        let specifier = match &aliased {
            Aliased::No => asked.specifier,
            Aliased::Name(name) => name,
            Aliased::Decided => return without_paths(),
        };
        let context = &mut ResolveContext::default();
        let found =
            inner.resolve_with_context(asked.directory, specifier, Some(&tsconfig), context);
        match found {
            // A path of tsconfig.json that leads to a declaration is for the type checker only.
            Ok(found) if path::is_declaration(found.path()) => without_paths(),
            Ok(found) => Ok(found),
            // Without `paths`, resolving the specifier as written gives an error that names the
            // alias.
            Err(error) if !error.is_ignore() && matches!(aliased, Aliased::Name(_)) => {
                without_paths()
            }
            Err(error) => Err(Failed::Resolver(error)),
        }
    }

    /// Whether an alias matches a specifier.
    pub(super) fn is_aliased(&self, specifier: &str) -> bool {
        self.replaced_once(path::without_query(specifier)).is_some()
    }

    /// Applies aliases to a specifier until none matches.
    fn after_aliases(&self, specifier: &str) -> Aliased {
        let plain = path::without_query(specifier);
        let query = &specifier[plain.len()..];
        let mut name: Option<String> = None;
        for _ in 0..=self.config.alias.len() {
            match self.replaced_once(name.as_deref().unwrap_or(plain)) {
                None => {
                    return name
                        .map_or(Aliased::No, |name| Aliased::Name(format!("{name}{query}")));
                }
                Some(AliasTarget::To(target)) if !path::is_path(&target) => name = Some(target),
                Some(AliasTarget::To(_) | AliasTarget::Ignore) => return Aliased::Decided,
            }
        }
        Aliased::Decided
    }

    /// Returns what the first alias that matches puts in the place of a specifier.
    fn replaced_once(&self, specifier: &str) -> Option<AliasTarget> {
        self.config.alias.iter().find_map(|(key, target)| {
            let rest = matched(key, specifier)?;
            let AliasTarget::To(target) = target else { return Some(AliasTarget::Ignore) };
            let is_target = specifier
                .strip_prefix(target.as_str())
                .is_some_and(|inside| inside.is_empty() || inside.starts_with('/'));
            if is_target {
                return None;
            }
            if is_pattern(key) {
                return Some(AliasTarget::To(target.replacen('*', rest, 1)));
            }
            // Nothing is below a file.
            let is_file = || self.disk.kind(Utf8Path::new(target)) == Some(FileKind::File);
            if !rest.is_empty() && path::is_path(target) && is_file() {
                return None;
            }
            let inside = rest.trim_start_matches(['/', '\\']);
            Some(AliasTarget::To(if inside.is_empty() {
                target.clone()
            } else {
                format!("{}/{inside}", target.trim_end_matches('/'))
            }))
        })
    }
}

/// Whether a key of `alias` is a pattern with `*`.
fn is_pattern(key: &str) -> bool {
    !key.ends_with('$') && key.contains('*')
}

/// Returns the text that `*` of a key matches, or the text after a key that matches the beginning.
fn matched<'s>(key: &str, specifier: &'s str) -> Option<&'s str> {
    if let Some(exact) = key.strip_suffix('$') {
        return (specifier == exact).then_some("");
    }
    if let Some((before, after)) = key.split_once('*') {
        return specifier.strip_prefix(before)?.strip_suffix(after);
    }
    let rest = specifier.strip_prefix(key)?;
    (rest.is_empty() || rest.starts_with(['/', '\\'])).then_some(rest)
}
