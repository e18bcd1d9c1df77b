//! Decides where output goes and in which form, and the configuration of `watch` and `lint`.

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    super::{
        CacheConfig, Format, LintConfig, Minify, Mode, ModulesForm, OutputConfig, Platform,
        Sharing, SourceMap, Splitting, Styles, WatchConfig, WrittenAt, messages,
        paths::{absolute, glob_mistake},
        raw::{Origin, Written},
    },
    deciding::Deciding,
    syntax::{is_path, near_identifier, without_object},
};
use crate::fs::FileKind;

/// The output folder if none is configured.
const DEFAULT_DIR: &str = "dist";

impl Deciding<'_> {
    pub(super) fn output(&mut self) -> OutputConfig {
        let raw = &self.raw.output;
        let (minify, source_map) = self.readability();
        let (dir, file) = self.place();
        self.check_updates();
        OutputConfig {
            dir,
            file,
            format: self.format(),
            splitting: self.splitting(),
            sharing: self.sharing(),
            minify,
            source_map,
            source_map_dir: self.source_map_dir(),
            sources_content: raw.sources_content.as_ref().is_none_or(|w| w.value),
            updates: self.updates(),
            public_path: self.public_path(),
            hash: raw.hash.as_ref().is_some_and(|w| w.value),
            manifests: self.manifests(),
            styles: self.styles(),
            rtl: self.rtl(),
            modules: self.modules(),
            metafile: raw.metafile,
        }
    }

    /// Returns the patterns of files whose change reloads pages.
    fn reload(&mut self) -> Vec<String> {
        let written: Vec<_> = self.raw.project.reload.iter().flatten().cloned().collect();
        for pattern in &written {
            if let Some(why) = glob_mistake(&pattern.value) {
                self.log.push(messages::bad_glob(&pattern.origin, &pattern.value, &why));
            }
        }
        written.into_iter().map(|pattern| pattern.value).collect()
    }

    /// Returns the origins whose pages get edits pushed.
    fn origins(&mut self) -> Vec<String> {
        let written: Vec<_> = self.raw.project.origins.iter().flatten().cloned().collect();
        for origin in &written {
            if let Some(why) = no_origin(&origin.value) {
                self.log.push(messages::bad_origin(&origin.origin, &origin.value, why));
            }
        }
        written.into_iter().map(|origin| origin.value).collect()
    }

    /// Decides how changes are noticed, and how pages and the desktop are notified.
    pub(super) fn watch(&mut self) -> WatchConfig {
        let (reload, origins) = (self.reload(), self.origins());
        let project = &self.raw.project;
        WatchConfig {
            poll: project.poll.unwrap_or_default(),
            notify: project.notify.as_ref().is_some_and(|written| written.value),
            reload,
            socket: project.socket.as_ref().is_none_or(|written| written.value),
            origins,
        }
    }

    /// Decides how scripts are linted; `None`: they are not.
    pub(super) fn lint(&mut self) -> Option<LintConfig> {
        let raw = &self.raw.project.lint;
        let timeout =
            raw.timeout.as_ref().map(|timeout| timeout.value).filter(|seconds| *seconds > 0);
        let usual = LintConfig::default();
        let is_wanted = raw.is_wanted.as_ref().is_some_and(|wanted| wanted.value);
        let overlay = raw.overlay.as_ref().map_or(usual.overlay, |overlay| overlay.value);
        is_wanted.then(|| LintConfig { timeout: timeout.unwrap_or(usual.timeout), overlay })
    }

    /// Decides which cache machines share. The host parses the address.
    pub(super) fn cache(&mut self) -> CacheConfig {
        let raw = &self.raw.project.cache;
        let usual = CacheConfig::default();
        let read = raw.read.as_ref().map(|names| names.iter().map(|name| name.value.clone()));
        CacheConfig {
            remote: raw.remote.as_ref().map(|remote| remote.value.clone()),
            read: read.map_or(usual.read, Iterator::collect),
            at: WrittenAt(raw.remote.as_ref().and_then(|remote| remote.origin.label().cloned())),
        }
    }

    /// Decides whether scripts contain the client that shows edits. By default they do while
    /// watching; only classic scripts for pages can. The configuration file also applies to builds
    /// that do not watch, so its value counts only while watching; a flag also counts in another
    /// build for development, whose files are those that watching writes.
    fn updates(&mut self) -> bool {
        let is_for_pages = self.format() == Format::Iife && self.platform() == Platform::Browser;
        let is_watched = self.raw.project.watch;
        let is_development = self.mode == Mode::Development;
        let is_wanted = match &self.raw.output.updates {
            Some(Written { value, origin: Origin::Flag(_) }) => {
                *value && (is_watched || is_development)
            }
            Some(Written { value, .. }) => *value && is_watched,
            None => is_watched && is_development,
        };
        is_wanted && is_for_pages
    }

    /// Reports the flag `--updates` where a build for production would put the client into pages of
    /// visitors.
    fn check_updates(&mut self) {
        let wanted = self.raw.output.updates.as_ref().filter(|updates| updates.value);
        let is_for_visitors = !self.raw.project.watch && self.mode == Mode::Production;
        if let Some(Written { origin: origin @ Origin::Flag(_), .. }) = wanted
            && is_for_visitors
        {
            self.log.push(messages::updates_in_production(origin));
        }
    }

    fn splitting(&self) -> Splitting {
        let raw = &self.raw.output;
        let is_usual = self.builds_areas() && raw.file.is_none();
        let usual = if is_usual { Splitting::Shared } else { Splitting::None };
        raw.splitting.as_ref().map_or(usual, |written| written.value)
    }

    fn sharing(&mut self) -> Sharing {
        let (raw, usual) = (&self.raw.output.sharing, Sharing::default());
        Sharing {
            min_size: raw
                .min_size
                .as_ref()
                .and_then(|size| self.size(size))
                .unwrap_or(usual.min_size),
            min_uses: raw.min_uses.as_ref().map_or(usual.min_uses, |uses| uses.value),
            max_requests: raw.max_requests.as_ref().map_or(usual.max_requests, |most| most.value),
        }
    }

    /// Whether areas of the configuration are built, not files that arguments name.
    pub(super) fn builds_areas(&self) -> bool {
        let entries = &self.raw.entries;
        let is_area = |argument: &Written<String>| {
            entries.areas.iter().any(|area| area.name.value == argument.value)
        };
        !entries.areas.is_empty() && entries.chosen.iter().all(is_area)
    }

    /// Decides where styles go. They can be injected only by scripts that run in pages.
    fn styles(&mut self) -> Styles {
        let places = [("file", Styles::File), ("inject", Styles::Inject)];
        let written = self.raw.output.styles.as_ref();
        match (self.word(written, "place of styles", &places), written) {
            (Some(Styles::Inject), Some(written)) if self.format() == Format::Cjs => {
                self.log.push(messages::styles_without_page(&written.origin));
                Styles::File
            }
            (place, _) => place.unwrap_or(Styles::File),
        }
    }

    /// Decides what names of stylesheets for pages that are read from right to left end in.
    fn rtl(&mut self) -> Option<String> {
        let written = self.raw.output.rtl.as_ref().filter(|written| !written.value.is_empty())?;
        let is_bad = |c: char| c.is_whitespace() || "/\\*?\"<>|:[]".contains(c);
        if written.value.contains(is_bad) || written.value.to_ascii_lowercase().contains(".css") {
            self.log.push(messages::bad_ending(&written.origin, &written.value));
        }
        Some(written.value.clone())
    }

    /// Decides the form of modules. The registry exists for hot updates, and only pages get these,
    /// so it is the default for scripts that get updates.
    fn modules(&mut self) -> ModulesForm {
        let forms = [("hoisted", ModulesForm::Hoisted), ("registry", ModulesForm::Registry)];
        let written = self.raw.output.modules.as_ref();
        match (self.word(written, "form of modules", &forms), written) {
            (Some(ModulesForm::Registry), Some(written)) if self.format() != Format::Iife => {
                self.log.push(messages::registry_without_page(&written.origin));
                ModulesForm::Hoisted
            }
            (Some(form), _) => form,
            (None, _) if self.updates() => ModulesForm::Registry,
            (None, _) => ModulesForm::Hoisted,
        }
    }

    /// Decides how output is minified and where source maps go. Production output is minified and
    /// has no maps; development output is readable, with maps in files. A chunk that is minified as
    /// a whole cannot have a map: if no map is configured it has none, otherwise it is minified by
    /// module.
    fn readability(&mut self) -> (Minify, SourceMap) {
        let kinds = [("false", Minify::No), ("true", Minify::Modules), ("chunk", Minify::Chunk)];
        let maps = [
            ("none", SourceMap::None),
            ("file", SourceMap::File),
            ("inline", SourceMap::Inline),
            ("hidden", SourceMap::Hidden),
        ];
        let (usual_minify, usual_map) = match self.mode {
            Mode::Production => (Minify::Modules, SourceMap::None),
            Mode::Development => (Minify::No, SourceMap::File),
        };
        let (raw_minify, raw_map) =
            (self.raw.output.minify.as_ref(), self.raw.output.source_map.as_ref());
        let minify = self.word(raw_minify, "kind of minifying", &kinds).unwrap_or(usual_minify);
        let map = self.word(raw_map, "kind of source map", &maps);
        match (minify, map, raw_minify) {
            (Minify::Chunk, None, _) => (minify, SourceMap::None),
            (Minify::Chunk, Some(map), Some(written)) if map != SourceMap::None => {
                self.log.push(messages::chunk_without_maps(&written.origin));
                (Minify::Modules, map)
            }
            (_, map, _) => (minify, map.unwrap_or(usual_map)),
        }
    }

    /// Returns the output folder, and the name of the only file if one is configured.
    fn place(&mut self) -> (Utf8PathBuf, Option<String>) {
        let raw = &self.raw.output;
        if let Some(file) = &raw.file {
            if raw.dir.as_ref().is_some_and(|dir| matches!(dir.origin, Origin::Flag(_))) {
                self.log.push(messages::out_file_and_dir(&file.origin));
            }
            let path = absolute(self.host.cwd, &file.value);
            if file.value.is_empty() || path.file_name().is_none() {
                self.log.push(messages::empty_value(&file.origin, "the name of the output"));
            }
            if file.value.ends_with(['/', '\\'])
                || self.host.fs.kind(&path) == Some(FileKind::Directory)
            {
                self.log.push(messages::output_is_directory(&file.origin, &file.value));
            }
            let dir = path.parent().unwrap_or(Utf8Path::new("/"));
            return (dir.to_owned(), path.file_name().map(str::to_owned));
        }
        if let Some(dir) = raw.dir.as_ref().filter(|dir| dir.value.is_empty()) {
            self.log.push(messages::empty_value(&dir.origin, "outDir"));
        }
        (self.dir(), None)
    }

    /// Returns the output folder, unless the output is one file.
    pub(super) fn dir(&self) -> Utf8PathBuf {
        let Some(dir) = &self.raw.output.dir else {
            return absolute(self.host.project, DEFAULT_DIR);
        };
        let base = match dir.origin {
            Origin::Flag(_) | Origin::Argument => self.host.cwd,
            Origin::Place(_) => self.host.project,
        };
        absolute(base, &dir.value)
    }

    /// Returns the folder of source maps. As `outDir`, it is relative to the project.
    fn source_map_dir(&mut self) -> Option<Utf8PathBuf> {
        let dir = self.raw.output.source_map_dir.as_ref()?;
        if dir.value.is_empty() {
            self.log.push(messages::empty_value(&dir.origin, "sourcemapDir"));
        }
        Some(absolute(self.host.project, &dir.value))
    }

    /// Decides the format of scripts. Pages get a classic script; Node has no page globals, so it
    /// gets a CommonJS module.
    fn format(&mut self) -> Format {
        let words = [("iife", Format::Iife), ("cjs", Format::Cjs), ("esm", Format::Esm)];
        let platform = self.platform();
        self.word(self.raw.output.format.as_ref(), "format", &words).unwrap_or(match platform {
            Platform::Browser => Format::Iife,
            Platform::Node => Format::Cjs,
        })
    }

    /// Returns the public path, with a slash at its end, so that a file name can be appended.
    fn public_path(&mut self) -> String {
        let Some(written) = &self.raw.output.public_path else { return String::new() };
        if let Some(why) = no_address(&written.value) {
            self.log.push(messages::bad_public_path(&written.origin, &written.value, why));
        }
        let mut path = written.value.clone();
        if !path.is_empty() && !path.ends_with('/') {
            path.push('/');
        }
        path
    }

    /// Returns the page global that gets an entry's exports. The flag has precedence, then the
    /// area, then the file.
    pub(super) fn global_name(&mut self, of_area: Option<&Written<String>>) -> Option<String> {
        let general = self.raw.output.global_name.as_ref();
        let is_flag = general.is_some_and(|w| matches!(w.origin, Origin::Flag(_)));
        let written = if is_flag { general } else { of_area.or(general) }?;
        let path = without_object(&written.value);
        if !is_path(path) {
            let near = near_identifier(path);
            self.log.push(messages::bad_global(&written.origin, &written.value, near.as_deref()));
        }
        Some(path.to_owned())
    }
}

/// Returns why a text is not the address of a folder, to which file names are appended; `None`: it
/// is.
fn no_address(text: &str) -> Option<&'static str> {
    let scheme = text
        .split(['/', '?', '#'])
        .next()
        .and_then(|first| first.split_once(':'))
        .map(|(scheme, _)| scheme);
    let after_host = text.strip_prefix("//").or_else(|| Some(text.split_once("://")?.1));
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Some("there is white space in it")
    } else if text.contains('\\') {
        Some("folders of an address are separated by \"/\"")
    } else if text.contains(['?', '#']) {
        Some("names of files are added to it, and what follows \"?\" or \"#\" is no folder")
    } else if text.contains(['"', '\'', '<', '>', '`', '{', '}', '|', '^']) {
        Some("there is a character in it that no address has")
    } else if scheme
        .is_some_and(|scheme| !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()))
    {
        Some("pages are served by http or https")
    } else if scheme.is_some() && after_host.is_none()
        || after_host.is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
    {
        Some("it names no host")
    } else {
        None
    }
}

/// Returns why a text is not an origin as browsers write it, `https://shop.example:8443`; `None`:
/// it is.
fn no_origin(text: &str) -> Option<&'static str> {
    let Some(host) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
        return Some("it begins with \"http://\" or \"https://\"");
    };
    if host.contains(['/', '?', '#']) {
        return Some("it ends with the host, or with its port");
    }
    if host.contains('*') {
        return Some("each origin is written out");
    }
    let (name, port) = match host
        .rfind(']')
        .map_or(host.rfind(':'), |end| host[end..].find(':').map(|at| end + at))
    {
        Some(at) => (&host[..at], Some(&host[at + 1..])),
        None => (host, None),
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|number| number.to_string() == port);
    if port.is_some_and(|port| !is_port(port)) {
        return Some("the port is no number");
    }
    let is_usual = port == Some(if text.starts_with("https:") { "443" } else { "80" });
    if is_usual {
        return Some("browsers leave the usual port out");
    }
    let is_address = name.starts_with('[') && name.ends_with(']');
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
    if is_address || !name.is_empty() && name.bytes().all(fits) {
        None
    } else if name.is_empty() {
        Some("it names no host")
    } else {
        Some("browsers write the host in lower case, and with letters of ASCII (punycode)")
    }
}

#[cfg(test)]
mod tests {
    use super::{no_address, no_origin};

    #[test]
    fn an_origin_is_as_browsers_write_it() {
        for good in [
            "http://shop.test",
            "https://shop.test:8443",
            "http://192.168.33.10",
            "http://[::1]:8080",
            "https://xn--l8j.jp",
        ] {
            assert_eq!(no_origin(good), None, "{good}");
        }
        for bad in [
            "",
            "shop.test",
            "//shop.test",
            "https://",
            "http://:80",
            "http://shop.test/",
            "https://*.shop.test",
            "*",
            "http://shop.test:80",
            "https://shop.test:443",
            "http://shop.test:x",
            "http://shop.test:",
            "http://shop.test:080",
            "HTTP://shop.test",
            "http://Shop.test",
            "http://shöp.test",
            "http://a@shop.test",
            "http://shop.test ",
            "null",
            "http://shop.test?x",
            "file://",
            "http://shop.test:99999",
        ] {
            assert!(no_origin(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_a_folder_of_a_page_or_of_a_host() {
        for good in [
            "",
            "/",
            "/scripts/",
            "scripts",
            "../scripts/",
            "//cdn.example/a",
            "https://cdn.example",
            "HTTP://x:8080/ä/",
            "/a:b/",
        ] {
            assert_eq!(no_address(good), None, "{good}");
        }
        for bad in [
            "/my scripts/",
            "C:\\scripts",
            "C:/scripts",
            "/a/?v=1",
            "/a#b",
            "\"/a/\"",
            "<?= $base ?>",
            "file:///var/www",
            "https:/x",
            "https://",
            "//",
            "///a",
            "{{base}}",
        ] {
            assert!(no_address(bad).is_some(), "{bad}");
        }
    }
}
