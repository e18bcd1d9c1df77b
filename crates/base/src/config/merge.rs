//! Merges several layers into one `RawConfig`. In order of precedence: flags, the section of the
//! mode, the rest of the file, package.json. For single values the first layer that has one counts;
//! maps are merged key by key; `copy` rules of all layers apply.

use super::{
    model::Mode,
    raw::{
        Pair, RawAssets, RawBareSpecifiers, RawBudget, RawCache, RawConfig, RawCssModules,
        RawEntries, RawJsx, RawLint, RawModes, RawOutput, RawPackageJson, RawPlugins, RawProject,
        RawResolve, RawSass, RawScript, RawSharing, RawTypeScript, RawVue, Written,
    },
};

/// Returns the mode: production unless watching. `decide` reports an unknown mode.
pub(super) fn mode_of(written: Option<&Written<String>>, is_watch: bool) -> Mode {
    match written.map(|w| w.value.as_str()) {
        Some("development") => Mode::Development,
        Some("production") => Mode::Production,
        Some(_) | None if is_watch => Mode::Development,
        Some(_) | None => Mode::Production,
    }
}

impl RawConfig {
    /// Merges the layers in their order of precedence. The mode is decided first, because the file
    /// may have a section for it.
    #[must_use]
    pub fn from_layers(flags: RawConfig, file: RawConfig, package: RawConfig) -> RawConfig {
        let mode: Mode = mode_of(
            flags.project.mode.as_ref().or(file.project.mode.as_ref()),
            flags.project.watch,
        );
        let for_mode = file.modes.get(mode).cloned().unwrap_or_default();
        flags.or(for_mode).or(file).or(package)
    }

    /// Takes from `other` what `self` does not set.
    #[must_use]
    pub fn or(self, other: RawConfig) -> RawConfig {
        RawConfig {
            project: self.project.or(other.project),
            entries: self.entries.or(other.entries),
            resolve: self.resolve.or(other.resolve),
            script: self.script.or(other.script),
            vue: self.vue.or(other.vue),
            sass: self.sass.or(other.sass),
            assets: self.assets.or(other.assets),
            copy: self.copy.into_iter().chain(other.copy).collect(),
            budgets: merged_budgets(self.budgets, other.budgets),
            preprocess: merge(self.preprocess, other.preprocess),
            plugins: self.plugins.or(other.plugins),
            css_modules: self.css_modules.or(other.css_modules),
            output: self.output.or(other.output),
            modes: RawModes {
                development: self.modes.development.or(other.modes.development),
                production: self.modes.production.or(other.modes.production),
            },
        }
    }
}

/// Merges budgets: of two with the same pattern only the first counts.
fn merged_budgets(first: Vec<RawBudget>, mut then: Vec<RawBudget>) -> Vec<RawBudget> {
    then.retain(|budget| !first.iter().any(|known| known.entries.value == budget.entries.value));
    first.into_iter().chain(then).collect()
}

impl RawProject {
    fn or(self, other: Self) -> Self {
        Self {
            file: self.file.or(other.file),
            root: self.root.or(other.root),
            name: self.name.or(other.name),
            mode: self.mode.or(other.mode),
            watch: self.watch || other.watch,
            reload: self.reload.or(other.reload),
            socket: self.socket.or(other.socket),
            origins: self.origins.or(other.origins),
            poll: self.poll.or(other.poll),
            notify: self.notify.or(other.notify),
            lint: RawLint {
                is_wanted: self.lint.is_wanted.or(other.lint.is_wanted),
                timeout: self.lint.timeout.or(other.lint.timeout),
                overlay: self.lint.overlay.or(other.lint.overlay),
            },
            cache: RawCache {
                remote: self.cache.remote.or(other.cache.remote),
                read: self.cache.read.or(other.cache.read),
            },
            silence: self.silence.or(other.silence),
            severity: merge(self.severity, other.severity),
        }
    }
}

impl RawEntries {
    fn or(self, other: Self) -> Self {
        let pick = |a: Vec<_>, b| if a.is_empty() { b } else { a };
        Self {
            areas: if self.areas.is_empty() { other.areas } else { self.areas },
            chosen: pick(self.chosen, other.chosen),
        }
    }
}

impl RawResolve {
    fn or(self, other: Self) -> Self {
        Self {
            platform: self.platform.or(other.platform),
            node: self.node.or(other.node),
            alias: merge(self.alias, other.alias),
            externals: merge(self.externals, other.externals),
            provide: merge(self.provide, other.provide),
            rules: merge(self.rules, other.rules),
            contexts: self.contexts.or(other.contexts),
            package_json: self.package_json.or(other.package_json),
            extensions: self.extensions.or(other.extensions),
            bare_specifiers: self.bare_specifiers.or(other.bare_specifiers),
            tsconfig: self.tsconfig.or(other.tsconfig),
            follow_symlinks: self.follow_symlinks.or(other.follow_symlinks),
        }
    }
}

impl RawBareSpecifiers {
    fn or(self, other: Self) -> Self {
        Self {
            module_paths: self.module_paths.or(other.module_paths),
            prefer_relative: self.prefer_relative.or(other.prefer_relative),
        }
    }
}

impl RawPackageJson {
    fn or(self, other: Self) -> Self {
        Self {
            conditions: self.conditions.or(other.conditions),
            main_fields: self.main_fields.or(other.main_fields),
            side_effects: self.side_effects.or(other.side_effects),
        }
    }
}

impl RawVue {
    fn or(self, other: Self) -> Self {
        Self {
            version: self.version.or(other.version),
            whitespace: self.whitespace.or(other.whitespace),
            comments: self.comments.or(other.comments),
            delimiters: self.delimiters.or(other.delimiters),
            asset_urls: self.asset_urls.or(other.asset_urls),
            scope_id: self.scope_id.or(other.scope_id),
            compiler: self.compiler.or(other.compiler),
        }
    }
}

impl RawAssets {
    fn or(self, other: Self) -> Self {
        Self {
            inline_below: self.inline_below.or(other.inline_below),
            names: self.names.or(other.names),
            symbol_id: self.symbol_id.or(other.symbol_id),
            warn_above: self.warn_above.or(other.warn_above),
            urls: self.urls.or(other.urls),
            extensions: self.extensions.or(other.extensions),
            pages: if self.pages.is_empty() { other.pages } else { self.pages },
        }
    }
}

impl RawCssModules {
    fn or(self, other: Self) -> Self {
        Self { names: self.names.or(other.names), camel_case: self.camel_case.or(other.camel_case) }
    }
}

impl RawPlugins {
    fn or(self, other: Self) -> Self {
        let has_some = !self.named.is_empty() || !self.described.is_empty();
        let (named, described, digest) = if has_some {
            (self.named, self.described, self.digest)
        } else {
            (other.named, other.described, other.digest)
        };
        Self {
            named,
            described,
            digest,
            timeout: self.timeout.or(other.timeout),
            postcss: self.postcss.or(other.postcss),
            babel: self.babel.or(other.babel),
        }
    }
}

impl RawSass {
    fn or(self, other: Self) -> Self {
        Self {
            load_paths: self.load_paths.or(other.load_paths),
            additional_data: self.additional_data.or(other.additional_data),
            silence_deprecations: self.silence_deprecations.or(other.silence_deprecations),
        }
    }
}

impl RawScript {
    fn or(self, other: Self) -> Self {
        Self {
            target: self.target.or(other.target),
            env: self.env.or(other.env),
            define: merge(self.define, other.define),
            drop: self.drop.or(other.drop),
            jsx: RawJsx {
                runtime: self.jsx.runtime.or(other.jsx.runtime),
                factory: self.jsx.factory.or(other.jsx.factory),
                fragment: self.jsx.fragment.or(other.jsx.fragment),
                import_source: self.jsx.import_source.or(other.jsx.import_source),
            },
            typescript: self.typescript.or(&other.typescript),
            polyfills: self.polyfills.or(other.polyfills),
            globals: self.globals.or(other.globals),
            decorators: self.decorators.or(other.decorators),
            loose: self.loose.or(other.loose),
            charset: self.charset.or(other.charset),
            source_charset: self.source_charset.or(other.source_charset),
        }
    }
}

impl RawTypeScript {
    fn or(self, other: &Self) -> Self {
        Self {
            define_class_fields: self.define_class_fields.or(other.define_class_fields),
            decorator_metadata: self.decorator_metadata.or(other.decorator_metadata),
            strict_null_checks: self.strict_null_checks.or(other.strict_null_checks),
            keeps_imports: self.keeps_imports.or(other.keeps_imports),
        }
    }
}

impl RawOutput {
    fn or(self, other: Self) -> Self {
        // `--out-dir` also overrides a file name of the other layer: the user who names a folder
        // does not want that file.
        let file = if self.dir.is_some() { self.file } else { self.file.or(other.file) };
        Self {
            dir: self.dir.or(other.dir),
            file,
            public_path: self.public_path.or(other.public_path),
            manifest: self.manifest.or(other.manifest),
            hash: self.hash.or(other.hash),
            styles: self.styles.or(other.styles),
            rtl: self.rtl.or(other.rtl),
            format: self.format.or(other.format),
            global_name: self.global_name.or(other.global_name),
            minify: self.minify.or(other.minify),
            source_map: self.source_map.or(other.source_map),
            source_map_dir: self.source_map_dir.or(other.source_map_dir),
            sources_content: self.sources_content.or(other.sources_content),
            updates: self.updates.or(other.updates),
            splitting: self.splitting.or(other.splitting),
            sharing: RawSharing {
                min_size: self.sharing.min_size.or(other.sharing.min_size),
                min_uses: self.sharing.min_uses.or(other.sharing.min_uses),
                max_requests: self.sharing.max_requests.or(other.sharing.max_requests),
            },
            modules: self.modules.or(other.modules),
            metafile: self.metafile || other.metafile,
        }
    }
}

/// Returns the pairs of `first`, then those of `second` whose keys are new.
fn merge<T>(mut first: Vec<Pair<T>>, second: Vec<Pair<T>>) -> Vec<Pair<T>> {
    for pair in second {
        if !first.iter().any(|p| p.key.value == pair.key.value) {
            first.push(pair);
        }
    }
    first
}
