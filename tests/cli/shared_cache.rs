//! The cache that machines share, through the real binary and a server that does what servers do on
//! bad days: that results are found on another machine, that nothing a server sends changes what is
//! written, and that only what is trusted is read.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::{Ended, Project, codes};

const SOURCES: &[(&str, &str)] = &[
    (
        "src/app.js",
        "import { one } from \"./one.js\";\nimport \"./app.scss\";\nlog(one, two);\nimport { two } from \"./two.js\";\n",
    ),
    ("src/one.js", "export const one = () => `one ${1}`;\n"),
    ("src/two.js", "export class two { #x = 2; get() { return this.#x ?? 3 } }\n"),
    ("src/app.scss", "@use 'ink';\np { color: ink.$ink }\n"),
    ("src/_ink.scss", "$ink: red;\n"),
];

/// What the server does with requests.
#[derive(Clone, Copy, Default)]
enum Mood {
    #[default]
    Good,
    Status(u16),
    /// Answers end in the middle.
    CutOff,
    /// Each segment has the contents of another one.
    Swapped,
    /// Accepts connections and says nothing.
    Silent,
    /// Has the length of 10 GB in its answers.
    Endless,
    /// Takes no more values.
    Full,
}

type Values = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// A server that keeps values in memory.
struct Server {
    address: String,
    values: Values,
    mood: Arc<Mutex<Mood>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let (values, mood) = (Values::default(), Arc::<Mutex<Mood>>::default());
        let (kept, asked) = (Arc::clone(&values), Arc::clone(&mood));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, asked) = (Arc::clone(&kept), Arc::clone(&asked));
                thread::spawn(move || {
                    let mut reader = BufReader::new(stream);
                    while answer(&mut reader, &kept, &asked).is_some() {}
                });
            }
        });
        Self { address: format!("http://127.0.0.1:{port}/team"), values, mood }
    }

    fn feels(&self, mood: Mood) {
        *self.mood.lock().expect("sound") = mood;
    }

    /// The names of values below a domain.
    fn names(&self, domain: &str) -> Vec<String> {
        let values = self.values.lock().expect("sound");
        let inside = format!("/team/bundle-1/{domain}/");
        values.keys().filter(|name| name.starts_with(&inside)).cloned().collect()
    }
}

/// Whether a value is a segment; the others are manifests.
fn is_segment(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension == "pack")
}

/// Answers one request; `None`: there is none.
fn answer(reader: &mut BufReader<TcpStream>, values: &Values, mood: &Mutex<Mood>) -> Option<()> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let header = header.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut sent = vec![0; length];
    reader.read_exact(&mut sent).ok()?;
    let mood = *mood.lock().expect("sound");
    if matches!(mood, Mood::Silent) {
        thread::sleep(Duration::from_mins(1));
    }
    let host = reader.get_ref().local_addr().ok()?;
    let mut values = values.lock().expect("sound");
    let (status, body) = match (mood, method.as_str()) {
        (_, "POST") => (200, service(&path, &sent, &host.to_string(), &mut values)?),
        (Mood::Status(status), _) => (status, Vec::new()),
        (Mood::Full, "PUT") => (507, Vec::new()),
        (_, "PUT") => {
            values.insert(path, sent);
            (201, Vec::new())
        }
        (_, "DELETE") => (if values.remove(&path).is_some() { 204 } else { 404 }, Vec::new()),
        (Mood::Swapped, _) if is_segment(&path) => {
            let other = values.iter().find(|(name, _)| is_segment(name) && **name != path);
            (200, other.map_or_else(|| b"other".to_vec(), |(_, bytes)| bytes.clone()))
        }
        _ => values.get(&path).map_or((404, Vec::new()), |bytes| (200, bytes.clone())),
    };
    let said = if matches!(mood, Mood::Endless) { 10 << 30 } else { body.len() };
    let head = format!("HTTP/1.1 {status} Said\r\ncontent-length: {said}\r\n\r\n");
    let stream = reader.get_mut();
    stream.write_all(head.as_bytes()).ok()?;
    let body = if matches!(mood, Mood::CutOff) { &body[..body.len() / 2] } else { &body[..] };
    stream.write_all(body).ok()?;
    (!matches!(mood, Mood::CutOff | Mood::Endless)).then_some(())
}

/// Answers as the cache of GitHub Actions does. Values below `/key` say which one is the newest.
fn service(
    path: &str,
    sent: &[u8],
    host: &str,
    values: &mut BTreeMap<String, Vec<u8>>,
) -> Option<Vec<u8>> {
    let asked: Value = serde_json::from_slice(sent).ok()?;
    let key = asked["key"].as_str()?;
    let blob = |key: &str| format!("http://{host}/blob/{key}");
    let answer = if path.ends_with("/CreateCacheEntry") {
        let is_new = !values.contains_key(&format!("/key/{key}"));
        json!({ "ok": is_new, "signed_upload_url": blob(key) })
    } else if path.ends_with("/FinalizeCacheEntryUpload") {
        let number = u32::try_from(values.len()).ok()?;
        values.insert(format!("/key/{key}"), number.to_be_bytes().to_vec());
        json!({ "ok": true, "entry_id": "1" })
    } else {
        let beginnings = asked["restore_keys"].as_array()?.iter().filter_map(Value::as_str);
        let beginnings: Vec<&str> = beginnings.collect();
        let fits =
            |name: &str| name == key || beginnings.iter().any(|start| name.starts_with(start));
        let keys = values.iter().filter_map(|(name, at)| Some((at, name.strip_prefix("/key/")?)));
        match keys.filter(|(_, name)| fits(name)).max() {
            Some((_, name)) => json!({ "ok": true, "signed_download_url": blob(name) }),
            None => json!({ "ok": false }),
        }
    };
    Some(answer.to_string().into_bytes())
}

/// A machine: the sources, in a folder of its own with an empty disk.
fn machine(server: &Server) -> Project {
    let project = Project::new(SOURCES);
    let config = format!(
        r#"{{ "areas": {{ "app": "src/app.js" }}, "minify": true, "cache": {{ "remote": "{}" }} }}"#,
        server.address
    );
    project.write("bundle.config.json", &config);
    project
}

/// Runs a command with variables.
fn run(project: &Project, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bundle"));
    command.current_dir(project.path("")).args(arguments).envs(variables.iter().copied());
    Ended::of(command.output().expect("the binary runs"))
}

/// What a build counted: results found, results made, and what was written.
struct Built {
    restored: u64,
    made: u64,
    shared: Value,
    stderr: String,
}

fn build(project: &Project, variables: &[(&str, &str)]) -> Built {
    let ended = run(project, &["--log-format", "json"], variables);
    assert!(ended.code == Some(0), "{}", ended.stderr);
    let lines: Vec<Value> =
        ended.stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let field = |name: &str| lines.iter().find_map(|line| line.get(name)).cloned();
    let counts = field("counts").expect("the build says what it did");
    let count = |name: &str| counts[name].as_u64().expect("it is a number");
    Built {
        restored: count("restored"),
        made: count("analysed") + count("rendered"),
        shared: field("sharedCache").unwrap_or_default(),
        stderr: ended.stderr,
    }
}

const PATIENT: (&str, &str) = ("BUNDLE_CACHE_WAIT", "1");
const AS_MAIN: &[(&str, &str)] = &[PATIENT, ("BUNDLE_CACHE_WRITE", "main")];

fn outputs(project: &Project) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let dist = project.path("dist");
    let named =
        |(path, bytes): (PathBuf, _)| Some((path.strip_prefix(&dist).ok()?.to_owned(), bytes));
    project.files().into_iter().filter_map(named).collect()
}

/// The outputs of a build without any cache.
fn clean() -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let project = Project::new(SOURCES);
    let config = r#"{ "areas": { "app": "src/app.js" }, "minify": true }"#;
    project.write("bundle.config.json", config);
    project.run_ok(&[]);
    outputs(&project)
}

#[test]
fn another_machine_makes_nothing_again() {
    let server = Server::start();
    let first = build(&machine(&server), AS_MAIN);
    assert!(first.restored == 0 && first.made > 0, "{}", first.stderr);
    assert_eq!(first.shared["written"]["segments"], 1);
    let other = machine(&server);
    let second = build(&other, &[PATIENT]);
    assert_eq!((second.made, second.stderr.as_str()), (0, ""));
    assert!(second.restored > 5, "{}", second.restored);
    assert_eq!(outputs(&other), clean());
    assert!(second.shared["written"].is_null(), "a reader writes nothing");
    assert_eq!(server.names("main").len(), 3, "a manifest, a segment, and what tried the store");
}

#[test]
fn a_change_is_one_more_segment_and_is_found_by_others() {
    let server = Server::start();
    let machine_of_ci = machine(&server);
    build(&machine_of_ci, AS_MAIN);
    let changed = "export const one = () => `another ${1}`;\n";
    machine_of_ci.write("src/one.js", changed);
    let second = build(&machine_of_ci, AS_MAIN);
    assert_eq!((second.made, second.shared["written"]["segments"].as_u64()), (2, Some(1)));
    assert_eq!(build(&machine_of_ci, AS_MAIN).shared["written"]["segments"], 0);
    let other = machine(&server);
    other.write("src/one.js", changed);
    assert_eq!(build(&other, &[PATIENT]).made, 0);
}

#[test]
fn what_arrived_stays_on_the_machine() {
    let server = Server::start();
    build(&machine(&server), AS_MAIN);
    let other = machine(&server);
    other.write("node_modules/pad/package.json", r#"{ "name": "pad" }"#);
    // Its place beside node_modules is part of the name of a cache, so it has to write for itself.
    build(&other, AS_MAIN);
    let third = build(&other, &[PATIENT]);
    assert_eq!((third.made, third.shared["wanted"].as_u64()), (0, Some(0)));
    let off = build(&other, &[("BUNDLE_CACHE_REMOTE", "")]);
    assert!(off.made == 0 && off.shared.is_null());
}

#[test]
fn builds_read_the_domains_that_they_trust_and_no_others() {
    let server = Server::start();
    let pull_request: &[(&str, &str)] = &[PATIENT, ("BUNDLE_CACHE_WRITE", "feature/x")];
    build(&machine(&server), pull_request);
    assert_eq!(server.names("feature~2fx").len(), 3);
    let main = build(&machine(&server), AS_MAIN);
    assert!(main.restored == 0 && main.made > 0, "main reads what a pull request wrote");
    let again = build(&machine(&server), pull_request);
    assert_eq!(again.made, 0);
    let other = build(&machine(&server), &[PATIENT, ("BUNDLE_CACHE_WRITE", "other")]);
    assert_eq!((other.made, other.shared["written"]["segments"].as_u64()), (0, Some(0)));
}

#[test]
fn whatever_a_server_does_the_outputs_are_right() {
    let expected = clean();
    let server = Server::start();
    build(&machine(&server), AS_MAIN);
    let moods = [
        Mood::Status(401),
        Mood::Status(403),
        Mood::Status(404),
        Mood::Status(429),
        Mood::Status(500),
        Mood::CutOff,
        Mood::Swapped,
        Mood::Endless,
        Mood::Silent,
    ];
    for mood in moods {
        server.feels(mood);
        let reader = machine(&server);
        // On a busy machine a build may end before the server answers.
        let waits: &[_] = if matches!(mood, Mood::Silent) { &[] } else { &[PATIENT] };
        let built = build(&reader, waits);
        assert_eq!(outputs(&reader), expected);
        let is_told = matches!(mood, Mood::Status(401 | 403));
        assert_eq!(built.stderr.contains("shared-cache"), is_told, "{}", built.stderr);
    }
}

#[test]
fn damage_is_replaced_by_the_next_build_that_writes() {
    let server = Server::start();
    build(&machine(&server), AS_MAIN);
    for (name, bytes) in &mut *server.values.lock().expect("sound") {
        if is_segment(name) {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }
    }
    let damaged = run(&machine(&server), &["cache", "verify"], &[]);
    assert!(
        damaged.code == Some(1) && damaged.stderr.contains("another hash"),
        "{}",
        damaged.stderr
    );
    let second = build(&machine(&server), AS_MAIN);
    assert!(second.made > 0);
    assert_eq!(build(&machine(&server), &[PATIENT]).made, 0);
}

#[test]
fn a_build_that_cannot_write_warns_and_ends_well() {
    let server = Server::start();
    server.feels(Mood::Full);
    let project = machine(&server);
    let ended = run(&project, &[], AS_MAIN);
    assert!(ended.code == Some(0) && codes(&ended.stderr) == "shared-cache", "{}", ended.stderr);
    assert_eq!(outputs(&project), clean());
}

#[test]
fn a_manifest_of_nonsense_is_none() {
    let server = Server::start();
    build(&machine(&server), AS_MAIN);
    let nonsense: &[&[u8]] = &[
        b"",
        b"[]",
        b"{}",
        br#"{"generation":1,"cost":1,"segments":[{"hash":"../../etc/passwd","kind":null,"entries":1,"bytes":1,"unpacked":1}],"retired":[]}"#,
        br#"{"generation":1,"cost":18446744073709551615,"segments":[{"hash":"00000000000000000000000000000000","kind":"record","entries":9007199254740991,"bytes":1,"unpacked":99999999999}],"retired":[]}"#,
    ];
    for text in nonsense {
        for (name, bytes) in &mut *server.values.lock().expect("sound") {
            if !is_segment(name) {
                *bytes = text.to_vec();
            }
        }
        let reader = machine(&server);
        assert!(build(&reader, &[PATIENT]).made > 0);
        assert_eq!(outputs(&reader), clean());
        build(&machine(&server), AS_MAIN);
        assert_eq!(build(&machine(&server), &[PATIENT]).made, 0);
    }
}

#[test]
fn the_cache_of_github_actions_has_new_manifests_instead_of_changed_ones() {
    let server = Server::start();
    let url = server.address.replace("/team", "");
    let reader: &[(&str, &str)] = &[
        PATIENT,
        ("BUNDLE_CACHE_REMOTE", "github"),
        ("ACTIONS_RESULTS_URL", &url),
        ("ACTIONS_RUNTIME_TOKEN", "secret"),
    ];
    let writer = [reader, AS_MAIN].concat();
    let changed = "export const one = () => `another ${1}`;\n";
    let first = build(&machine(&server), &writer);
    assert!(first.made > 0 && first.shared["written"]["segments"] == 1, "{}", first.stderr);
    let machine_of_ci = machine(&server);
    machine_of_ci.write("src/one.js", changed);
    assert_eq!(build(&machine_of_ci, &writer).made, 2);
    let other = machine(&server);
    assert_eq!(build(&other, reader).made, 0);
    other.write("src/one.js", changed);
    assert_eq!(build(&other, reader).made, 0);
    let outside = [("BUNDLE_CACHE_REMOTE", "github"), ("BUNDLE_CACHE_WRITE", "main")];
    let ended = run(&machine(&server), &[], &outside);
    assert!(
        ended.code == Some(0) && ended.stderr.contains("ACTIONS_RESULTS_URL"),
        "{}",
        ended.stderr
    );
}

#[test]
fn addresses_and_domains_with_mistakes_are_told() {
    let project = Project::new(SOURCES);
    let config =
        r#"{ "areas": { "app": "src/app.js" }, "cache": { "remote": "cache.example.org" } }"#;
    project.write("bundle.config.json", config);
    let ended = run(&project, &[], &[]);
    assert!(
        ended.code == Some(1) && codes(&ended.stderr) == "bad-cache-address",
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.contains("bundle.config.json:1:"), "{}", ended.stderr);
    let ended = run(&project, &[], &[("BUNDLE_CACHE_REMOTE", "s3://")]);
    assert!(ended.stderr.contains("the bucket of \"s3://\""), "{}", ended.stderr);
    let long = "x".repeat(201);
    let variables = [("BUNDLE_CACHE_REMOTE", "https://a.example"), ("BUNDLE_CACHE_WRITE", &long)];
    assert_eq!(codes(&run(&project, &[], &variables).stderr), "bad-cache-domain");
    assert_eq!(run(&project, &[], &[("BUNDLE_CACHE_REMOTE", "")]).code, Some(0));
}

#[test]
fn commands_show_check_and_remove() {
    let server = Server::start();
    let project = machine(&server);
    project.write("node_modules/pad/package.json", r#"{ "name": "pad" }"#);
    build(&project, AS_MAIN);
    let stats = run(&project, &["cache", "stats"], AS_MAIN);
    assert!(
        stats.code == Some(0) && stats.stdout.contains("main: "),
        "{}{}",
        stats.stdout,
        stats.stderr
    );
    let json: Value =
        serde_json::from_str(&run(&project, &["cache", "stats", "--json"], AS_MAIN).stdout)
            .expect("it is JSON");
    assert_eq!(json["here"]["files"], 1);
    assert_eq!(json["shared"]["domains"][0]["segments"], 1);
    let verified = run(&project, &["cache", "verify"], AS_MAIN);
    assert!(
        verified.code == Some(0) && verified.stdout.contains("can be written"),
        "{}",
        verified.stderr
    );
    run(&project, &["--target", "es2020"], &[("BUNDLE_CACHE_REMOTE", "")]);
    let pruned = run(&project, &["cache", "prune"], AS_MAIN);
    assert!(pruned.stdout.contains("1 files of other configurations"), "{}", pruned.stdout);
    assert_eq!(build(&project, &[PATIENT]).made, 0);
}
