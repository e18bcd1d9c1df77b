//! Which requests are let in: those of an `EventSource` on a page of this machine that has the
//! token. Every other request gets a status code. A request that is not exactly as browsers send it
//! is malformed: there is one kind of client, so the parser need not be lenient.

use std::{
    hint,
    io::{self, ErrorKind},
    net::{Ipv4Addr, Ipv6Addr},
};

/// The most bytes in a request.
const LONGEST: usize = 8 * 1024;

/// What a request must match.
pub struct Rules {
    pub port: u16,
    pub token: String,
    /// Origins that may connect although they are not loopback addresses.
    pub origins: Vec<String>,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not a request, or has something that an `EventSource` never sends.
    Malformed,
    /// Wrong host, origin, purpose or token.
    Forbidden,
    NotFound,
    Method,
    /// The request was not complete in time.
    Late,
    TooLong,
    /// The limit of connections is reached.
    Crowded,
    /// Another version of HTTP.
    Version,
}

impl Refusal {
    /// Returns the status line's code and words.
    pub fn status(self) -> &'static str {
        match self {
            Self::Malformed => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::Method => "405 Method Not Allowed",
            Self::Late => "408 Request Timeout",
            Self::TooLong => "431 Request Header Fields Too Large",
            Self::Crowded => "503 Service Unavailable",
            Self::Version => "505 HTTP Version Not Supported",
        }
    }
}

/// Reads the head of a request, which is the whole request, without the empty line at its end.
/// Malformed bytes are refused at once: a client of another protocol may wait for an answer.
pub fn head(read: &mut dyn FnMut(&mut [u8]) -> io::Result<usize>) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    let mut has_line = false;
    loop {
        let mut piece = [0; 1024];
        let is_late = |error: &io::Error| {
            [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind())
        };
        let count = read(&mut piece)
            .map_err(|e| if is_late(&e) { Refusal::Late } else { Refusal::Malformed })?;
        let seen = bytes.len();
        bytes.extend_from_slice(&piece[..count]);
        if count == 0 || !is_clean(&bytes, seen) {
            return Err(Refusal::Malformed);
        }
        let text = str::from_utf8(&bytes).map_err(|_| Refusal::Malformed)?;
        if !has_line && let Some((line, _)) = text.split_once("\r\n") {
            target(line)?;
            has_line = true;
        }
        let end = text.find("\r\n\r\n");
        if end.map_or(text.len(), |end| end + 4) > LONGEST {
            return Err(Refusal::TooLong);
        }
        if let Some(end) = end {
            // Nothing may follow: there is no body, and no second request, since an answer never
            // ends.
            return if end + 4 == text.len() {
                Ok(text[..end].to_owned())
            } else {
                Err(Refusal::Malformed)
            };
        }
    }
}

/// Whether the bytes are printable ASCII, tabs and CRLF line ends. `seen`: how many bytes were
/// checked before.
fn is_clean(bytes: &[u8], seen: usize) -> bool {
    let fits = |at: usize| match bytes[at] {
        b'\n' => at > 0 && bytes[at - 1] == b'\r',
        b'\r' => bytes.get(at + 1).is_none_or(|next| *next == b'\n'),
        b'\t' | b' '..=b'~' => true,
        _ => false,
    };
    (seen.saturating_sub(1)..bytes.len()).all(fits)
}

/// Returns the target of the request line.
fn target(line: &str) -> Result<&str, Refusal> {
    let words: Vec<&str> = line.split(' ').collect();
    let &[method, target, version] = words.as_slice() else { return Err(Refusal::Malformed) };
    if !is_token(method) {
        return Err(Refusal::Malformed);
    }
    match version.strip_prefix("HTTP/").map(str::as_bytes) {
        Some(b"1.1") => {}
        Some([b'0'..=b'9', b'.', b'0'..=b'9']) => return Err(Refusal::Version),
        Some(_) | None => return Err(Refusal::Malformed),
    }
    if method != "GET" {
        return Err(Refusal::Method);
    }
    if target.starts_with('/') { Ok(target) } else { Err(Refusal::Malformed) }
}

/// Whether a word is a token, as names of headers and methods must be.
fn is_token(word: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !word.is_empty() && word.bytes().all(fits)
}

/// Returns the origin of a request that is let in, or why it is refused.
pub fn judge(head: &str, rules: &Rules) -> Result<String, Refusal> {
    let mut lines = head.split("\r\n");
    let target = target(lines.next().unwrap_or_default())?;
    let (mut host, mut origin) = (None, None);
    let mut is_of_an_event_source = true;
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(Refusal::Malformed)?;
        if !is_token(name) {
            return Err(Refusal::Malformed);
        }
        let value = value.trim_matches([' ', '\t']);
        match name.to_ascii_lowercase().as_str() {
            "host" => once(&mut host, value)?,
            "origin" => once(&mut origin, value)?,
            // A page on `localhost` is of another site than 127.0.0.1. A typed address, a script
            // that a page includes and a frame have other values.
            "sec-fetch-site" => {
                is_of_an_event_source &= ["same-site", "cross-site"].contains(&value);
            }
            "sec-fetch-mode" => is_of_an_event_source &= value == "cors",
            "sec-fetch-dest" => is_of_an_event_source &= value == "empty",
            "content-length" | "transfer-encoding" | "upgrade" => return Err(Refusal::Malformed),
            _ => {}
        }
    }
    let host = host.ok_or(Refusal::Malformed)?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if path != "/" {
        return Err(Refusal::NotFound);
    }
    // Any other host name is refused: it may resolve to this machine today and belong to a foreign
    // page (DNS rebinding).
    let is_ours = [format!("127.0.0.1:{}", rules.port), format!("localhost:{}", rules.port)]
        .iter()
        .any(|o| o == host);
    let origin = origin
        .filter(|origin| is_loopback(origin) || rules.origins.iter().any(|known| known == origin));
    let is_known = query.strip_prefix("token=").is_some_and(|token| is_same(token, &rules.token));
    match origin {
        Some(origin) if is_ours && is_of_an_event_source && is_known => Ok(origin.to_owned()),
        Some(_) | None => Err(Refusal::Forbidden),
    }
}

fn once<'a>(place: &mut Option<&'a str>, value: &'a str) -> Result<(), Refusal> {
    if place.replace(value).is_some() { Err(Refusal::Malformed) } else { Ok(()) }
}

/// Whether an origin, as browsers write it, is served by this machine. A network name that resolves
/// to this machine does not count: its owner decides where it leads.
fn is_loopback(origin: &str) -> bool {
    let Some(rest) = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"))
    else {
        return false;
    };
    let (host, port) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) if address.parse() == Ok(Ipv6Addr::LOCALHOST) => ("localhost", port),
        Some(_) => return false,
        None => rest.split_at(rest.find(':').unwrap_or(rest.len())),
    };
    let is_port = port.is_empty()
        || port.strip_prefix(':').is_some_and(|p| p.parse::<u16>().is_ok() && !p.starts_with('+'));
    is_port
        && (is_local_name(host)
            || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback()))
}

/// Whether a name is `localhost` or a name below it, which always resolve to this machine (RFC
/// 6761).
fn is_local_name(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
    };
    (host == "localhost" || host.ends_with(".localhost")) && host.split('.').all(is_label)
}

/// Compares two tokens in constant time, so that a token cannot be guessed piece by piece.
fn is_same(given: &str, token: &str) -> bool {
    let differences =
        given.bytes().zip(token.bytes()).fold(0, |all, (a, b)| hint::black_box(all | (a ^ b)));
    given.len() == token.len() && differences == 0
}
