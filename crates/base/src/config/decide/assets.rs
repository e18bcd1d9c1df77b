//! Decides how assets are named and which are inlined.

use super::deciding::Deciding;
use crate::{
    asset::by_extension,
    config::{
        AssetsConfig, NamesOfFiles, Urls, messages,
        raw::{ANY_FILE, Pair, Written},
    },
    loader::is_loaded,
};

/// A request costs about as much as this many bytes.
const INLINE_BELOW: usize = 4096;
/// Bytes above which a single file is too large for most pages.
const WARN_ABOVE: usize = 1024 * 1024;
const NAMES: &str = "assets/[name]-[hash][ext]";
const PLACEHOLDERS: [&str; 4] = ["[dir]", "[name]", "[hash]", "[ext]"];

impl Deciding<'_> {
    pub(super) fn assets(&mut self) -> AssetsConfig {
        let raw = self.raw;
        let raw = &raw.assets;
        let mut names_by_file = Vec::new();
        for Pair { key, value } in raw.names.iter().flatten() {
            self.check_names(value);
            let (files, names) = (self.file_pattern(key), value.value.clone());
            names_by_file.push(NamesOfFiles { files, names });
        }
        // The pattern of all files, if it is the last one.
        let is_for_all =
            |last: &mut NamesOfFiles| last.files.folder.is_none() && last.files.pattern == ANY_FILE;
        let names = names_by_file.pop_if(is_for_all).map(|all| all.names);
        AssetsConfig {
            inline_below: raw.inline_below.as_ref().map_or(INLINE_BELOW, |written| written.value),
            names: names.unwrap_or_else(|| NAMES.to_owned()),
            names_by_file,
            symbol_id: self.symbol_id(),
            warn_above: raw.warn_above.as_ref().map_or(WARN_ABOVE, |written| written.value),
            extensions: self.asset_extensions(),
            urls: match raw.urls.as_ref().map(|written| written.value.as_str()) {
                Some("false") => Urls::AsWritten,
                Some("rebase") => Urls::Rebased,
                Some(_) | None => Urls::Files,
            },
        }
    }

    fn check_names(&mut self, written: &Written<String>) {
        let names = &written.value;
        let rest = PLACEHOLDERS.iter().fold(names.clone(), |rest, known| rest.replace(known, ""));
        let leads_out = names.starts_with('/') || names.split('/').any(|part| part == "..");
        let has_name_or_hash = names.contains("[name]") || names.contains("[hash]");
        if leads_out || !has_name_or_hash || rest.contains(['[', ']', '\\', ':']) {
            self.log.push(messages::bad_asset_names(&written.origin, names));
        }
    }

    /// Returns the additional extensions. A leading dot is accepted, because other tools require
    /// it.
    fn asset_extensions(&mut self) -> Vec<String> {
        let Some(written) = &self.raw.assets.extensions else { return Vec::new() };
        let plain = |extension: &String| extension.trim_start_matches('.').to_ascii_lowercase();
        let extensions: Vec<String> = written.value.iter().map(plain).collect();
        for extension in &extensions {
            let why = if by_extension(extension).is_some() || extension == "env" {
                "such files are never published"
            } else if is_loaded(extension) {
                "it has a loader; the query `?url` asks for such a file as it is"
            } else if extension.is_empty() || extension.contains(['/', '*', '.', ' ', '?']) {
                "an extension is what stands behind the last dot of a name"
            } else {
                continue;
            };
            self.log.push(messages::bad_asset_extension(&written.origin, extension, why));
        }
        extensions
    }

    fn symbol_id(&mut self) -> String {
        let Some(written) = &self.raw.assets.symbol_id else { return "icon-[name]".to_owned() };
        let rest = written.value.replace("[name]", "").replace("[dir]", "");
        if !written.value.contains("[name]") || rest.contains(['[', ']', ' ', '#', '"', '<', '&']) {
            self.log.push(messages::bad_symbol_id(&written.origin, &written.value));
        }
        written.value.clone()
    }
}
