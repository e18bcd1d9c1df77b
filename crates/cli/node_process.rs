//! The project's Node process, which evaluates the configuration and runs plugins. Any thread may
//! send a request and waits for the answer; requests are under way side by side. The process ends
//! when this value is dropped, and also when our own process ends in any way, because its standard
//! input is closed then.

use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};

use bundle_base::{
    node::{BOOT, PROGRAM},
    tools::{NodeRequest, ToolError, Unanswered},
};
use camino::Utf8Path;
use serde_json::{Value, json};

use crate::escape_sequences::without_colours;

/// How many of the last bytes of standard error are kept, to explain the death of the process.
const STDERR_TAIL: usize = 4000;
/// How long the rest of standard error is waited for when the process has ended.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// A running process.
pub struct NodeProcess {
    child: Mutex<Child>,
    stdin: Mutex<ChildStdin>,
    /// Locks because requests come from any thread, and answers from the one that reads.
    waiting: Arc<Mutex<Waiting>>,
    stderr: Arc<Mutex<Vec<u8>>>,
    /// Gets nothing; it is closed when standard error is.
    silent: Mutex<Receiver<()>>,
    /// What plugins print is shown.
    may_be_shown: bool,
    /// What is printed from now on is shown.
    is_shown: Arc<AtomicBool>,
}

/// The requests that have no answer yet.
#[derive(Default)]
struct Waiting {
    asked: u64,
    has_ended: bool,
    /// By number of the request: where its answer is sent.
    senders: HashMap<u64, Sender<Value>>,
}

impl Drop for NodeProcess {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl NodeProcess {
    /// Starts a process with a command that runs Node. `may_be_shown`: what plugins print is shown.
    pub fn start(mut command: Command, folder: &Utf8Path, may_be_shown: bool) -> io::Result<Self> {
        command.args(["-e", BOOT]).current_dir(folder).env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (waiting, stderr, is_shown) = (Arc::default(), Arc::default(), Arc::default());
        let (open, silent) = channel();
        listen(child.stdout.take(), Arc::clone(&waiting));
        show(child.stderr.take(), Arc::clone(&stderr), Arc::clone(&is_shown), open);
        let stdin = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let process = Self {
            child: Mutex::new(child),
            stdin: Mutex::new(stdin),
            waiting,
            stderr,
            silent: Mutex::new(silent),
            may_be_shown,
            is_shown,
        };
        // If the process has ended already, the end of its answers shows that.
        let _ = process.write(&Value::from(PROGRAM));
        Ok(process)
    }

    /// Whether the process can answer no more.
    pub fn has_ended(&self) -> bool {
        locked(&self.waiting).has_ended
    }

    /// Sends a request and waits for its answer. Meanwhile `back` answers what the process asks.
    pub fn ask(
        &self,
        request: &NodeRequest,
        back: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        if self.may_be_shown && !request.is_setup {
            self.is_shown.store(true, Ordering::Relaxed);
        }
        let (sender, answers) = channel();
        let id = {
            let mut waiting = locked(&self.waiting);
            waiting.asked += 1;
            let id = waiting.asked;
            if !waiting.has_ended {
                waiting.senders.insert(id, sender);
            }
            id
        };
        let mut value = request.value.clone();
        value["id"] = Value::from(id);
        let _ = self.write(&value);
        loop {
            let mut message = match answers.recv_timeout(request.limit) {
                Ok(message) => message,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Unanswered::Tool(ToolError::Failed(self.last_words())));
                }
                Err(RecvTimeoutError::Timeout) => {
                    let _ = locked(&self.child).kill();
                    locked(&self.waiting).has_ended = true;
                    let seconds = request.limit.as_secs();
                    let why = format!("it did not end within {seconds} seconds");
                    return Err(Unanswered::Tool(ToolError::Broken(why)));
                }
            };
            if let Some(failure) = message.get_mut("failure") {
                let failure = serde_json::from_value(failure.take()).unwrap_or_default();
                return Err(Unanswered::Failed(Box::new(failure)));
            }
            match message.get("ask") {
                Some(ask) => {
                    let answer = json!({ "back": message["back"], "value": back(ask) });
                    let _ = self.write(&answer);
                }
                None => return Ok(message["value"].take()),
            }
        }
    }

    fn write(&self, message: &Value) -> io::Result<()> {
        locked(&self.stdin).write_all(format!("{message}\n").as_bytes())
    }

    /// Returns the end of what the process, which has ended, wrote to standard error.
    fn last_words(&self) -> String {
        let _ = locked(&self.silent).recv_timeout(LAST_WORDS);
        without_colours(&String::from_utf8_lossy(&locked(&self.stderr))).trim().to_owned()
    }
}

fn locked<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads answers in a thread, and sends each to the thread that waits for it. Other lines are
/// ignored: a program that a plugin starts may print some.
fn listen(pipe: Option<impl Read + Send + 'static>, waiting: Arc<Mutex<Waiting>>) {
    thread::spawn(move || {
        for line in pipe.into_iter().flat_map(|pipe| BufReader::new(pipe).split(b'\n')) {
            let Ok(line) = line else { break };
            let Ok(mut message) = serde_json::from_slice::<Value>(&line) else { continue };
            let message = message["bundle"].take();
            let mut waiting = locked(&waiting);
            let sender = match (message["of"].as_u64(), message["id"].as_u64()) {
                (Some(of), _) => waiting.senders.get(&of).cloned(),
                (None, Some(id)) => waiting.senders.remove(&id),
                (None, None) => None,
            };
            drop(waiting);
            let _ = sender.map(|sender| sender.send(message));
        }
        let mut waiting = locked(&waiting);
        waiting.has_ended = true;
        waiting.senders.clear();
    });
}

/// Keeps the last bytes of a pipe, and shows what comes while `is_shown`. The lock protects the
/// bytes between this thread and `last_words`.
#[expect(clippy::print_stderr, reason = "what plugins print is shown as it comes")]
fn show(
    pipe: Option<impl Read + Send + 'static>,
    stderr: Arc<Mutex<Vec<u8>>>,
    is_shown: Arc<AtomicBool>,
    open: Sender<()>,
) {
    thread::spawn(move || {
        let _open = open;
        let mut chunk = [0; 1024];
        let Some(mut pipe) = pipe else { return };
        while let Ok(count) = pipe.read(&mut chunk)
            && count > 0
        {
            if is_shown.load(Ordering::Relaxed) {
                eprint!("{}", String::from_utf8_lossy(&chunk[..count]));
            }
            let mut stderr = locked(&stderr);
            stderr.extend(&chunk[..count]);
            let more = stderr.len().saturating_sub(STDERR_TAIL);
            stderr.drain(..more);
        }
    });
}
