//! Runs the real binary with a time limit: a hanging build is a failed test, not a hanging test
//! run.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::work;

/// How a process ended.
pub struct Ended {
    /// The exit code; `None` after a signal, which is a crash.
    pub code: Option<i32>,
    /// What it wrote to its standard output.
    pub stdout: String,
    /// What it wrote to its standard error.
    pub stderr: String,
}

/// Runs `bundle` in `directory`. It makes all there is to see: builds of tests know nothing of each
/// other.
pub fn bundle(directory: &Path, arguments: &[String]) -> Result<Ended, String> {
    with_cache(directory, &[arguments, &["--no-cache".to_owned()]].concat())
}

/// Flags that make an output readable and leave out its map, where neither the arguments nor the
/// configuration say what they shall be: tests compare texts, and what the modes themselves decide
/// is tests/cli.rs's business.
pub fn plain(directory: &Path, arguments: &[String]) -> Vec<&'static str> {
    let config = fs::read_to_string(directory.join("bundle.config.json")).unwrap_or_default();
    let flags = [("minify", "--no-minify"), ("sourcemap", "--sourcemap=none")];
    let is_said = |key: &str| {
        let forms = [format!("--{key}"), format!("--no-{key}")];
        let is_flag = |word: &String| forms.iter().any(|form| word.starts_with(form.as_str()));
        arguments.iter().any(is_flag) || config.contains(&format!("\"{key}\""))
    };
    flags.into_iter().filter(|(key, _)| !is_said(key)).map(|(_, flag)| flag).collect()
}

/// The same with what builds before have left in `node_modules/.cache`, if there is a
/// `node_modules`.
pub fn with_cache(directory: &Path, arguments: &[String]) -> Result<Ended, String> {
    let mut command = Command::new(work::binary());
    command.args(arguments).args(plain(directory, arguments)).current_dir(directory);
    run(command, Duration::from_mins(1))
}

/// Runs a build that must succeed.
pub fn bundle_or_fail(directory: &Path, arguments: &[String]) -> Result<Ended, String> {
    let ended = bundle(directory, arguments)?;
    if ended.code == Some(0) {
        return Ok(ended);
    }
    let code = ended.code.map_or("crashed".to_owned(), |code| format!("exit code {code}"));
    Err(format!(
        "bundle {}: {code}\n{}{}",
        arguments.first().map_or("", String::as_str),
        ended.stdout,
        ended.stderr
    ))
}

/// Runs a command to its end, or kills it after `limit`.
pub fn run(mut command: Command, limit: Duration) -> Result<Ended, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let started =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| {
        format!("{program}: {error} (`cargo xtask test` installs what tests need)")
    })?;
    let stdout = read_aside(child.stdout.take());
    let stderr = read_aside(child.stderr.take());
    let code = wait(&mut child, limit).map_err(|error| format!("{program}: {error}"))?;
    let text =
        |reader: thread::JoinHandle<String>| reader.join().expect("reading a pipe does not panic");
    Ok(Ended { code, stdout: text(stdout), stderr: text(stderr) })
}

/// Both pipes are read while the process runs: one that is full would stop it.
fn read_aside(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child, limit: Duration) -> Result<Option<i32>, String> {
    let started = Instant::now();
    let mut pause = Duration::from_micros(500);
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(status.code());
        }
        if started.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("still running after {} s", limit.as_secs()));
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}
