//! The kinds of files that pages load as they are. A script that imports any other file must say
//! how in the query (`?url`, `?raw`, `?inline`), so that no file is published by mistake.

/// Extensions of files that may be imported without a query, with the media type of each (IANA's
/// registry): images, fonts, audio and video, documents, and data of engines.
const KNOWN: [(&str, &str); 54] = [
    ("png", "image/png"),
    ("apng", "image/apng"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpe", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("pjpeg", "image/jpeg"),
    ("pjp", "image/jpeg"),
    ("gif", "image/gif"),
    ("svg", "image/svg+xml"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("jxl", "image/jxl"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ico", "image/x-icon"),
    ("cur", "image/x-icon"),
    ("ani", "application/x-navi-animation"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("ttc", "font/collection"),
    ("otf", "font/otf"),
    ("eot", "application/vnd.ms-fontobject"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mov", "video/quicktime"),
    ("avi", "video/x-msvideo"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
    ("aac", "audio/aac"),
    ("m4a", "audio/mp4"),
    ("weba", "audio/webm"),
    ("mid", "audio/midi"),
    ("midi", "audio/midi"),
    ("swf", "application/x-shockwave-flash"),
    ("vtt", "text/vtt"),
    ("srt", "application/x-subrip"),
    ("pdf", "application/pdf"),
    ("txt", "text/plain"),
    ("webmanifest", "application/manifest+json"),
    ("wasm", "application/wasm"),
    ("glb", "model/gltf-binary"),
    ("gltf", "model/gltf+json"),
    ("hdr", "image/vnd.radiance"),
    ("ktx2", "image/ktx2"),
    ("htc", "text/x-component"),
];

/// Media types of files that are published only if a request explicitly says so.
const OTHERS: [(&str, &str); 9] = [
    ("md", "text/plain"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("mjs", "text/javascript"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("csv", "text/csv"),
];

/// Whether files with this extension may be imported as assets without a query.
pub fn is_known(extension: &str) -> bool {
    KNOWN.iter().any(|(known, _)| extension.eq_ignore_ascii_case(known))
}

/// Returns the media type with which a server sends files with this extension.
pub(super) fn media_type(extension: &str) -> &'static str {
    let mut types = KNOWN.iter().chain(&OTHERS);
    let found = types.find(|(known, _)| extension.eq_ignore_ascii_case(known));
    found.map_or("application/octet-stream", |(_, kind)| kind)
}
