//! Source maps of registries: an index map, with the map of each module as a section at the place
//! where the module begins. The map of a chunk is a list of the sections with their places, which
//! are sums. The format: ECMA-426, "Index source map".

use std::fmt::Write;

use bundle_base::{Config, json::push_quoted, place::Place};
use camino::Utf8Path;

use super::maps::SourceNames;
use crate::memo::Section;

/// Returns the map of a script as JSON. `list` has the sections with the places where they begin.
pub(super) fn json(list: &[(Place, &Section)], script: &str, config: &Config) -> String {
    let length = |(_, section): &(Place, &Section)| section.rest.len() + 128;
    let mut json = String::with_capacity(256 + list.iter().map(length).sum::<usize>());
    let file = Utf8Path::new(script).file_name().unwrap_or(script);
    json.push_str("{\"version\":3,\"file\":");
    push_quoted(&mut json, file);
    json.push_str(",\"sections\":[");
    let names = SourceNames::of(config, script);
    for (number, (Place { line, column }, section)) in list.iter().enumerate() {
        let separator = if number == 0 { "" } else { "," };
        let offset = format!("{{\"line\":{line},\"column\":{column}}}");
        let _ =
            write!(json, "{separator}{{\"offset\":{offset},\"map\":{{\"version\":3,\"sources\":[");
        for (number, (name, is_in_project)) in section.sources.iter().enumerate() {
            let separator = if number == 0 { "" } else { "," };
            json.push_str(separator);
            push_quoted(&mut json, &names.name(name, *is_in_project));
        }
        json.push_str("],");
        json.push_str(&section.rest);
        json.push('}');
    }
    json.push_str("]}");
    json
}

/// Returns the place after a text that begins at `start` and by itself ends at `end`.
pub(super) fn then(start: Place, end: Place) -> Place {
    let column = if end.line == 0 { start.column + end.column } else { end.column };
    Place { line: start.line + end.line, column }
}
