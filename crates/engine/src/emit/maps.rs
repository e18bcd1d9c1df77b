//! Source maps of outputs: the map of a finished script or stylesheet as JSON, with its sources
//! relative to the map, and the way in which a file names its map.

use bundle_base::{
    Config, asset,
    config::{SourceMap, absolute, relative},
    json::{push_list, push_quoted},
};
use camino::{Utf8Path, Utf8PathBuf};

use super::output::{OutputFile, OutputKind};
use crate::mappings::Mappings;

/// Returns the map of a finished script or stylesheet, as JSON. `script` is the path of the output
/// and `text` its contents.
pub(super) fn json(
    mut mappings: Mappings<'_>,
    script: &str,
    text: &str,
    config: &Config,
) -> String {
    mappings.close(text, text.len());
    let of_sources = SourceNames::of(config, script);
    let mut json = String::with_capacity(mappings.expected_length());
    json.push_str("{\"version\":3,\"file\":");
    push_quoted(&mut json, Utf8Path::new(script).file_name().unwrap_or(script));
    json.push_str(",\"sources\":");
    let names: Vec<_> = mappings
        .sources
        .iter()
        .map(|(name, source)| of_sources.name(name, source.is_in_project))
        .collect();
    push_list(&mut json, names.iter().map(|name| Some(name.as_str())));
    json.push(',');
    mappings.push_rest(&mut json, config);
    json
}

/// The names of sources in the map of a script: paths relative to the map.
pub(super) struct SourceNames<'c> {
    config: &'c Config,
    folder: Utf8PathBuf,
    /// If the map lies in the project: its folder relative to the project, and the `../` that lead
    /// back to the project.
    below: Option<(Utf8PathBuf, String)>,
}

impl<'c> SourceNames<'c> {
    pub fn of(config: &'c Config, script: &str) -> Self {
        let folder = folder_of_map(config, script);
        let below = folder.strip_prefix(&config.project).ok().map(|below| {
            let back = "../".repeat(below.components().count());
            (below.to_owned(), back)
        });
        Self { config, folder, below }
    }

    pub fn name(&self, name: &str, is_in_project: bool) -> String {
        match &self.below {
            Some((below, back)) if is_in_project => {
                let is_elsewhere =
                    below.components().next().is_none_or(|first| !name.starts_with(first.as_str()));
                if is_elsewhere {
                    return format!("{back}{name}");
                }
                relative(&self.folder, &absolute(&self.config.project, name))
            }
            // A path from outside the project would reveal where on the machine the project is.
            Some(_) | None => name.to_owned(),
        }
    }
}

/// Returns the folder that sources are relative to: the map's, or, for an inline map, the script's.
fn folder_of_map(config: &Config, script: &str) -> Utf8PathBuf {
    let path = match config.output.source_map {
        SourceMap::None | SourceMap::Inline => absolute(&config.output.dir, script),
        SourceMap::File | SourceMap::Hidden => {
            absolute(&config.output.dir, &map_path(config, script))
        }
    };
    path.parent().unwrap_or(&config.output.dir).to_owned()
}

/// Returns the path of a script's map, relative to the output folder.
fn map_path(config: &Config, script: &str) -> String {
    let beside = format!("{script}.map");
    match &config.output.source_map_dir {
        None => beside,
        Some(dir) => relative(&config.output.dir, &absolute(dir, &beside)),
    }
}

/// Attaches the map as the configuration requests: inline at the end of `text`, or as a file.
/// Returns the file, if there is one; `text` names it unless the map is hidden.
pub(super) fn attach(
    map: String,
    script: &str,
    text: &mut String,
    config: &Config,
) -> Option<OutputFile> {
    let is_style = Utf8Path::new(script).extension() == Some("css");
    let path = match config.output.source_map {
        SourceMap::None => return None,
        SourceMap::Inline => {
            let encoded = asset::base64(map.as_bytes());
            refer(text, &format!("data:application/json;charset=utf-8;base64,{encoded}"), is_style);
            return None;
        }
        SourceMap::File | SourceMap::Hidden => map_path(config, script),
    };
    if config.output.source_map == SourceMap::File {
        let from = absolute(&config.output.dir, script);
        let to = absolute(&config.output.dir, &path);
        let way = relative(from.parent().unwrap_or(&config.output.dir), &to);
        refer(text, &asset::encoded(&way), is_style);
    }
    Some(OutputFile { path, bytes: map.into_bytes().into(), kind: OutputKind::SourceMap })
}

fn refer(text: &mut String, address: &str, is_style: bool) {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (before, after) =
        if is_style { ("/*# sourceMappingURL=", " */\n") } else { ("//# sourceMappingURL=", "\n") };
    text.extend([before, address, after]);
}
