//! Where outputs run: Node (one process kept for many cases), mujs, Duktape and PhantomJS (one
//! process per program).

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{builds, work};

/// How long one program may run.
const LIMIT: Duration = Duration::from_secs(20);

/// An output and everything needed to run it.
#[derive(Clone, Debug, Serialize)]
pub struct Program {
    /// `iife`, `cjs` or `esm`.
    pub format: String,
    /// The edition that acorn checks: 5, 2015, … or "latest".
    pub ecma: serde_json::Value,
    /// The scripts in the order they are loaded.
    pub scripts: Vec<Script>,
    /// The folder of an output that splits: on a page, its scripts are in a document.
    pub folder: Option<PathBuf>,
    /// Prepares the page: globals, `externals`.
    pub before: Option<PathBuf>,
    /// Asserts afterwards.
    pub run: Option<PathBuf>,
    /// Milliseconds.
    pub timeout: u64,
    /// Run it after its syntax was checked; false for what needs a document.
    pub executes: bool,
    /// `--platform node`: a classic script has `require`.
    pub is_for_node: bool,
    /// Every byte must be ASCII.
    pub ascii: bool,
}

/// One script of a program.
#[derive(Clone, Debug, Serialize)]
pub struct Script {
    /// Its output name without extension: the key in `bundles`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// When it is loaded.
    pub role: Role,
}

/// When a script is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A page includes it.
    Entry,
    /// An entry needs it: a page includes it before that one.
    Chunk,
    /// Loaded when it is asked for.
    Later,
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    #[serde(default)]
    error: String,
    #[serde(default)]
    logs: Vec<String>,
}

/// A Node process that answers requests.
struct Runner {
    process: Child,
    requests: ChildStdin,
    answers: Receiver<String>,
}

/// Idle runners. The lock guards only the list: a runner in use is owned by its test.
static IDLE: Mutex<Vec<Runner>> = Mutex::new(Vec::new());

/// Checks the syntax of each script and runs the program in Node.
pub fn node(program: &Program) -> Result<(), String> {
    let idle = IDLE.lock().expect("nobody panics while holding the list").pop();
    let mut runner = idle.map_or_else(start_runner, Ok)?;
    let request = serde_json::to_string(program).map_err(|error| error.to_string())?;
    writeln!(runner.requests, "{request}").map_err(|error| format!("node: {error}"))?;
    let Ok(line) = runner.answers.recv_timeout(LIMIT + Duration::from_secs(5)) else {
        let _ = runner.process.kill();
        return Err(format!("node: no answer in {} s, or it ended", LIMIT.as_secs()));
    };
    IDLE.lock().expect("nobody panics while holding the list").push(runner);
    let answer: Answer =
        serde_json::from_str(&line).map_err(|error| format!("node: {error}: {line}"))?;
    if answer.ok {
        Ok(())
    } else {
        Err(format!("node: {}{}", answer.error, reported(&answer.logs)))
    }
}

fn start_runner() -> Result<Runner, String> {
    let mut command = Command::new("node");
    command.args(["--experimental-vm-modules", "--no-warnings"]).arg(work::support("runner.mjs"));
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut process = started.map_err(|error| format!("node: {error}"))?;
    let requests = process.stdin.take().expect("its input is a pipe");
    let output = BufReader::new(process.stdout.take().expect("its output is a pipe"));
    let (send, answers) = channel();
    thread::spawn(move || output.lines().map_while(Result::ok).all(|line| send.send(line).is_ok()));
    Ok(Runner { process, requests, answers })
}

/// Runs an ES5 program in mujs, which has no module loader and no timers: one script that loads the
/// others.
pub fn mujs(program: &Program, directory: &Path) -> Result<(), String> {
    fs::create_dir_all(directory).map_err(|error| error.to_string())?;
    let main = directory.join("mujs.js");
    fs::write(&main, mujs_script(program, directory)?).map_err(|error| error.to_string())?;
    let mut command = Command::new("mujs");
    command.arg(&main);
    let ended = builds::run(command, LIMIT)?;
    if ended.code == Some(0) && ended.stdout.trim_end().ends_with("over") {
        return Ok(());
    }
    Err(format!("mujs: {}{}", ended.stderr, ended.stdout))
}

fn mujs_script(program: &Program, directory: &Path) -> Result<String, String> {
    let load = |path: &Path| format!("load({});", quoted(&path.to_string_lossy()));
    let mut lines = vec![
        load(&work::support("prelude.js")),
        "var bundles = {}, externals = {}, bundle;".to_owned(),
    ];
    lines.extend(program.before.as_deref().map(load));
    let mut first = None;
    for (number, script) in
        program.scripts.iter().filter(|script| script.role != Role::Later).enumerate()
    {
        let name = quoted(&script.name);
        if program.format == "cjs" {
            let wrapped = directory.join(format!("mujs-{number}.js"));
            let body = fs::read_to_string(&script.path).map_err(|error| error.to_string())?;
            fs::write(
                &wrapped,
                format!("var factory = function (exports, require, module) {{{body}\n}};\n"),
            )
            .map_err(|error| error.to_string())?;
            lines.push(load(&wrapped));
            lines.push(
                "var module = { exports: {} }, require = function (name) { return externals[name]; \
                 };".to_owned(),
            );
            lines.push("factory.call(module.exports, module.exports, require, module);".to_owned());
            lines.push(format!("bundles[{name}] = module.exports;"));
        } else {
            lines.extend([
                "bundle = undefined;".to_owned(),
                load(&script.path),
                format!("bundles[{name}] = bundle;"),
            ]);
            first = first.or((script.role == Role::Entry).then_some(&script.name));
        }
    }
    lines.push(format!("bundle = bundles[{}];", quoted(first.unwrap_or(&program.scripts[0].name))));
    lines.extend(program.run.as_deref().map(load));
    lines.push(OVER.to_owned());
    Ok(lines.join("\n"))
}

/// As a JavaScript string: JSON is one.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Runs an ES5 classic script in Duktape, which runs its arguments one after the other.
pub fn duktape(program: &Program, directory: &Path) -> Result<(), String> {
    let end = directory.join("duktape-end.js");
    fs::write(&end, OVER).map_err(|error| error.to_string())?;
    let mut command = Command::new("duk");
    command
        .arg(work::support("prelude.js"))
        .args(program.scripts.iter().map(|script| &script.path))
        .arg(&end);
    let ended = builds::run(command, LIMIT)?;
    if ended.code == Some(0) && ended.stdout.trim_end().ends_with("over") {
        return Ok(());
    }
    Err(format!("duktape: {}{}", ended.stderr, ended.stdout))
}

/// The end of a program on an engine without timers: says `over` only if it is.
const OVER: &str = "if (done.errors.length) throw new Error(done.errors.join(\"\\n\"));
if (done.pending) throw new Error(\"not finished, and this engine has no timers\");
print(\"over\");
";

/// What PhantomJS saw of a page.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// What the program logged.
    pub logs: Vec<String>,
    /// Uncaught errors, console messages, resources that did not load.
    pub errors: Vec<String>,
    /// The document's body at the end.
    pub body: String,
}

impl Page {
    /// The contents of its first `<pre>`, as HTML.
    pub fn preformatted(&self) -> Result<&str, String> {
        let text = self.body.split_once("<pre>").and_then(|(_, rest)| rest.split_once("</pre>"));
        text.map(|(text, _)| text)
            .ok_or_else(|| format!("the page does not end: {}", self.errors.join("\n")))
    }
}

/// Opens a page in PhantomJS and clicks what `clicks` select, in turn.
pub fn phantom(url: &str, clicks: &[&str]) -> Result<Page, String> {
    phantom_within(LIMIT, url, clicks)
}

/// The same for a page that takes its time.
pub fn phantom_within(limit: Duration, url: &str, clicks: &[&str]) -> Result<Page, String> {
    let mut command = Command::new(phantom_path()?);
    // PhantomJS links an OpenSSL that cannot read today's configuration files.
    command.env("OPENSSL_CONF", "/dev/null").env_remove("QT_QPA_PLATFORM");
    // As in chromium.mjs: no machine's fonts.
    command.env("FONTCONFIG_FILE", work::root().join("tests/fonts/fonts.conf"));
    command
        .arg(work::support("phantom.js"))
        .arg(url)
        .arg(limit.as_millis().to_string())
        .args(clicks);
    let ended = builds::run(command, limit + Duration::from_secs(10))?;
    let line = ended.stdout.lines().last().unwrap_or_default();
    serde_json::from_str(line)
        .map_err(|error| format!("phantomjs: {error}\n{}{}", ended.stdout, ended.stderr))
}

/// Opens a page in Chromium and clicks what `clicks` select, in turn.
pub fn chromium(url: &str, clicks: &[&str]) -> Result<Page, String> {
    chromium_within(LIMIT, url, clicks)
}

/// The same for a page that takes its time.
pub fn chromium_within(limit: Duration, url: &str, clicks: &[&str]) -> Result<Page, String> {
    chromium_with(&[], limit, (url, clicks))
}

/// Opens a page in Chromium and lets a script look at it: its value is a list of complaints.
pub fn chromium_looking(script: &Path, url: &str) -> Result<Page, String> {
    chromium_with(&[("CHECK", script)], LIMIT, (url, &[]))
}

fn chromium_with(
    asked: &[(&str, &Path)],
    limit: Duration,
    (url, clicks): (&str, &[&str]),
) -> Result<Page, String> {
    let mut command = Command::new("node");
    command.envs(asked.iter().copied());
    // A page must show the same on every machine.
    command.env("TZ", "UTC");
    command
        .arg(work::support("chromium.mjs"))
        .arg(url)
        .arg(limit.as_millis().to_string())
        .args(clicks);
    let ended = builds::run(command, limit + Duration::from_secs(10))?;
    let line = ended.stdout.lines().last().unwrap_or_default();
    serde_json::from_str(line)
        .map_err(|error| format!("chromium: {error}\n{}{}", ended.stdout, ended.stderr))
}

/// Where `cargo xtask test` puts it.
pub fn phantom_path() -> Result<PathBuf, String> {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("it lies in the target folder")
        .join("tools");
    let path = tools.join("phantomjs");
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is missing: run `cargo xtask test`", path.display()))
    }
}

/// What a program logged before it failed, for the reader.
fn reported(logs: &[String]) -> String {
    if logs.is_empty() { String::new() } else { format!("\nlogged: {}", logs.join(" | ")) }
}
