//! Pages that the watcher notifies of edits at once: in Chromium, with a policy that allows it and
//! with a configuration that turns it off; and the listener's answers to others while the real
//! program watches. The attacks on the listener alone are in
//! `crates/dev/src/event_stream/tests.rs`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::apache::Host;
use super::examples::Server;
use super::watching::Watching;
use super::{builds, updates, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("told-at-once", || in_a_browser("told-at-once", "true", "told")),
        ("told-nothing", || in_a_browser("told-nothing", "false", "untold")),
        ("told-at-once-under-a-name", || {
            under_a_listed_name("told-at-once-under-a-name", Host::Named("shop.test"))
        }),
        ("told-at-once-over-https", || {
            under_a_listed_name("told-at-once-over-https", Host::Secure("shop.test"))
        }),
        ("refuses-foreign-pages", refuses_foreign_pages),
    ]
}

/// Nothing takes this long unless it does not come at all.
const LIMIT: Duration = Duration::from_mins(1);

/// `wanted`: what `watch.socket` is.
fn in_a_browser(name: &str, wanted: &str, reported: &str) -> Result<(), String> {
    let project = updates::project()?;
    configure(&project, &format!("\"socket\": {wanted}"))?;
    updates::may_connect(&project)?;
    let server = Server::below(&project, "")?;
    let (watching, _) = Watching::start(&project)?;
    updates::story(
        name,
        &project,
        &["chromium".as_ref(), server.url("").as_ref(), reported.as_ref()],
    )?;
    drop(watching);
    work::remove(&project);
    Ok(())
}

/// A page under a name that the configuration lists: of a secure page, too, because 127.0.0.1
/// counts as secure.
fn under_a_listed_name(name: &str, host: Host) -> Result<(), String> {
    let project = updates::project()?;
    updates::may_connect(&project)?;
    let server = Server::apache_as(host, &project, "")?;
    let url = server.url("");
    configure(&server.documents(), &format!("\"origins\": [\"{}\"]", url.trim_end_matches('/')))?;
    let (watching, _) = Watching::start(&server.documents())?;
    updates::story(
        name,
        &server.documents(),
        &["chromium".as_ref(), url.as_ref(), "told".as_ref()],
    )?;
    drop(watching);
    work::remove(&project);
    Ok(())
}

fn configure(project: &Path, of_watch: &str) -> Result<(), String> {
    updates::change(
        &project.join("bundle.config.json"),
        "\"watch\": {",
        &format!("\"watch\": {{ {of_watch},"),
    )
}

/// The port and the token are in the status, which no other page can read; they end with the
/// watcher.
fn refuses_foreign_pages() -> Result<(), String> {
    let project = updates::project()?;
    let (mut watching, _) = Watching::start(&project)?;
    let file = project.join("dist/bundle-dev/status.json");
    let status = json(&file)?;
    let (port, token) = place(&status)?;
    let request = |host: &str, origin: &str, token: &str| {
        format!("GET /?token={token} HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {origin}\r\n\r\n")
    };
    let page = "http://127.0.0.1:8080";
    let attempts = [
        ("200", request("127.0.0.1", page, &token)),
        ("403", request("127.0.0.1", page, "")),
        ("403", request("127.0.0.1", page, &"0".repeat(32))),
        ("403", request("127.0.0.1", "https://foreign.example", &token)),
        ("403", request("127.0.0.1", "http://192.168.0.7", &token)),
        ("403", request("rebound.example", page, &token)),
        (
            "404",
            request("127.0.0.1", page, &token)
                .replace("/?", "/bundle-dev/../../bundle.config.json?"),
        ),
        ("405", request("127.0.0.1", page, &token).replace("GET", "OPTIONS")),
        ("400", "\0\u{1}\u{2}".to_owned()),
    ];
    for (code, request) in &attempts {
        let answer = begin(port, request)?.1;
        if !answer.starts_with(&format!("HTTP/1.1 {code} ")) {
            return Err(format!("{request}\nis answered\n{answer}"));
        }
    }
    // A script of a foreign page cannot read the status, because it is not a program.
    let mut node = Command::new("node");
    node.args([
        "-e",
        "new (require('vm').Script)(require('fs').readFileSync(process.argv[1], 'utf8'))",
    ])
    .arg(&file);
    let ended = builds::run(node, LIMIT)?;
    if ended.code == Some(0) || !ended.stderr.contains("SyntaxError") {
        return Err(format!("the status can be run as a script: {}", ended.stderr));
    }
    // After all attempts it still announces builds, by their names and nothing else.
    let (mut stream, _) = begin(port, &attempts[0].1)?;
    watching.fence("src/prices.js", "export const total = () => 'seven won';\n")?;
    let build = json(&file)?["build"].as_str().unwrap_or_default().to_owned();
    let watcher = build.split_once('-').map_or("", |(process, _)| process);
    let reported = until(&mut stream, ":\n\n")? + &until(&mut stream, "\n\n")?;
    let number = reported
        .strip_prefix(&format!(":\n\ndata: {watcher}-"))
        .and_then(|rest| rest.strip_suffix("\n\n"));
    if number.is_none_or(|number| number.parse::<u32>().is_err()) {
        return Err(format!("a page is told {reported:?} of {build}"));
    }
    drop(watching);
    if TcpStream::connect(("127.0.0.1", port)).is_ok() {
        return Err("it listens though nobody watches".to_owned());
    }
    let (mut again, _) = Watching::start(&project)?;
    let (_, other) = place(&json(&file)?)?;
    if other == token {
        return Err("another watcher has the same token".to_owned());
    }
    // The configuration is read while it watches.
    configure(&project, "\"socket\": false")?;
    again.settled_after("bundle.config.json")?;
    let without = json(&file)?;
    work::remove(&project);
    if without["socket"].is_null() {
        Ok(())
    } else {
        Err("it listens though nobody wants it".to_owned())
    }
}

/// Asks, and reads the head of the answer.
fn begin(port: u16, request: &str) -> Result<(TcpStream, String), String> {
    let reported = |error: std::io::Error| error.to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(reported)?;
    stream.set_read_timeout(Some(LIMIT)).map_err(reported)?;
    stream.write_all(request.as_bytes()).map_err(reported)?;
    let head = until(&mut stream, "\r\n\r\n")?;
    Ok((stream, head))
}

/// What comes up to `end`.
fn until(stream: &mut TcpStream, end: &str) -> Result<String, String> {
    let mut text = String::new();
    while !text.ends_with(end) {
        let mut byte = [0];
        stream
            .read_exact(&mut byte)
            .map_err(|error| format!("{error}, after {text:?}, before {end:?}"))?;
        text.push(char::from(byte[0]));
    }
    Ok(text)
}

fn place(status: &Value) -> Result<(u16, String), String> {
    let port = status["socket"]["port"].as_u64().and_then(|port| u16::try_from(port).ok());
    let token = status["socket"]["token"].as_str();
    port.zip(token.map(str::to_owned)).ok_or_else(|| format!("there is no place in {status}"))
}

fn json(file: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}
