//! Decodes a source map that a compiler wrote for one of the sources. The map is untrusted: an
//! index outside its own lists is an error, and so is a panic of the decoder.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bundle_base::{
    place::Place,
    text_map::{InputMap, Original, Segment},
};
use swc_sourcemap::{DecodedMap, Error, SourceMap};

/// Decodes a map and flattens its sections. Source names stay as in the map; no place is checked
/// against its source. `Err` holds the reason.
pub fn decode(json: &[u8]) -> Result<InputMap, String> {
    let decoded = catch_unwind(AssertUnwindSafe(|| regular(json)));
    match decoded {
        Ok(Ok(map)) => read(&map),
        Ok(Err(error)) => Err(reason(&error).to_owned()),
        Err(_) => Err("its numbers are out of range".to_owned()),
    }
}

fn regular(json: &[u8]) -> swc_sourcemap::Result<SourceMap> {
    match swc_sourcemap::decode_slice(json)? {
        DecodedMap::Regular(map) => Ok(map),
        DecodedMap::Index(index) => index.flatten(),
        DecodedMap::Hermes(_) => Err(Error::IncompatibleSourceMap),
    }
}

fn reason(error: &Error) -> &'static str {
    match error {
        Error::BadJson(_) | Error::Io(_) | Error::Utf8(_) => {
            "it is not JSON, or lacks a part that source maps must have"
        }
        Error::BadSourceReference(_) => "it refers to a source that it does not list",
        Error::BadNameReference(_) => "it refers to a name that it does not list",
        Error::CannotFlatten(_) => "one of its sections is in another file",
        Error::IncompatibleSourceMap => "it is of another kind",
        _ => "its mappings cannot be decoded",
    }
}

/// The decoder adds modulo 2^32, so a number at or above this one was negative.
const BELOW_ZERO: u32 = 1 << 31;

fn read(map: &SourceMap) -> Result<InputMap, String> {
    let source = |number| Original {
        name: map.get_source(number).map(ToString::to_string).unwrap_or_default(),
        is_in_project: false,
        content: map.get_source_contents(number).map(ToString::to_string),
    };
    let mut segments = Vec::with_capacity(map.get_token_count() as usize);
    for token in map.tokens() {
        let at = Place { line: token.get_dst_line(), column: token.get_dst_col() };
        let place = Place { line: token.get_src_line(), column: token.get_src_col() };
        let is_mapped = token.has_source();
        if at.column >= BELOW_ZERO
            || is_mapped && (place.line >= BELOW_ZERO || place.column >= BELOW_ZERO)
        {
            return Err("it has places below zero".to_owned());
        }
        let name = token.has_name().then(|| token.get_name_id());
        segments.push(Segment { at, origin: is_mapped.then(|| (token.get_src_id(), place, name)) });
    }
    // Sections may overlap.
    segments.sort_by_key(|segment| segment.at);
    let sources: Vec<Original> = (0..map.get_source_count()).map(source).collect();
    let names: Vec<String> = map.names().map(ToString::to_string).collect();
    let is_known = |segment: &Segment| {
        segment.origin.is_none_or(|(source, _, name)| {
            (source as usize) < sources.len()
                && name.is_none_or(|name| (name as usize) < names.len())
        })
    };
    if !segments.iter().all(is_known) {
        return Err("it has indices outside of its lists".to_owned());
    }
    Ok(InputMap { sources, names, segments })
}
