//! A Node process with our script, which answers many requests. It ends when this value is dropped,
//! and also when our own process ends in any way, because its standard input is closed then.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc::Sender},
    thread,
};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::message::Message;
use crate::{escape_sequences::without_colours, programs::Programs};

/// The script that Node runs.
const SCRIPT: &str = include_str!("eslint.js");
/// How many of the last bytes of standard error are kept, to explain the death of the process.
const STDERR_TAIL: usize = 2000;

/// A process that lints.
pub struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    /// The number of the process. Answers carry it, so that those of an earlier process are
    /// recognised.
    pub number: u32,
    stderr: Arc<Mutex<Vec<u8>>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts a process for a project's folder. `is_aside`: with low priority.
    pub fn start(
        folder: &Utf8Path,
        is_aside: bool,
        number: u32,
        sender: Sender<Message>,
    ) -> io::Result<Self> {
        let mut command = Command::new(Programs::new(folder).program("node", folder));
        command.args(["-e", SCRIPT]).current_dir(folder).env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let stderr = Arc::new(Mutex::new(Vec::new()));
        listen(child.stdout.take(), number, sender);
        keep(child.stderr.take(), Arc::clone(&stderr));
        let stdin = child.stdin.take();
        let mut process = Self { child, stdin, number, stderr };
        // If the process has ended already, the end of its answers shows that.
        let _ = process.write(&json!({ "folder": folder, "isAside": is_aside }));
        Ok(process)
    }

    /// Requests the findings in these files.
    pub fn ask(&mut self, id: u64, files: &[Utf8PathBuf]) {
        let _ = self.write(&json!({ "id": id, "files": files }));
    }

    /// Returns the end of its standard error.
    pub fn stderr_tail(&self) -> String {
        let stderr = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        without_colours(&String::from_utf8_lossy(&stderr)).trim().to_owned()
    }

    fn write(&mut self, request: &Value) -> io::Result<()> {
        let Some(stdin) = &mut self.stdin else { return Ok(()) };
        stdin.write_all(format!("{request}\n").as_bytes())
    }
}

fn listen(pipe: Option<impl Read + Send + 'static>, number: u32, sender: Sender<Message>) {
    thread::spawn(move || {
        for line in
            pipe.into_iter().flat_map(|pipe| BufReader::new(pipe).lines().map_while(Result::ok))
        {
            let answer = serde_json::from_str(&line).map(|mut line: Value| line["bundle"].take());
            if let Ok(answer) = answer.as_ref().map(Value::clone)
                && answer.is_object()
            {
                let _ = sender.send(Message::Answer(number, answer));
            }
        }
        let _ = sender.send(Message::Ended(number));
    });
}

/// Keeps the last bytes of a pipe. The lock protects them between this thread and `stderr_tail`.
fn keep(pipe: Option<impl Read + Send + 'static>, stderr: Arc<Mutex<Vec<u8>>>) {
    thread::spawn(move || {
        let mut chunk = [0; 1024];
        let Some(mut pipe) = pipe else { return };
        while let Ok(count) = pipe.read(&mut chunk)
            && count > 0
        {
            let mut stderr = stderr.lock().unwrap_or_else(PoisonError::into_inner);
            stderr.extend(&chunk[..count]);
            let more = stderr.len().saturating_sub(STDERR_TAIL);
            stderr.drain(..more);
        }
    });
}
