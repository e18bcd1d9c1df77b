//! Node with our script: one process that answers many requests. It ends with this value, and,
//! because its standard input does, with this program however that ends.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc::Sender},
    thread,
};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::work::Message;
use crate::programs::{Programs, without_colours};

/// What runs inside.
const SCRIPT: &str = include_str!("eslint.js");
/// So many bytes of what it says on standard error are of use once it has died.
const LAST_WORDS: usize = 2000;

/// A process that lints.
pub struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    /// Answers carry it, so that nobody takes those of a process that is gone for this one's.
    pub number: u32,
    said: Arc<Mutex<Vec<u8>>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts one for a project's folder. `is_aside`: whatever else runs comes first.
    pub fn start(
        folder: &Utf8Path,
        is_aside: bool,
        (number, sender): (u32, Sender<Message>),
    ) -> io::Result<Self> {
        let mut command = Command::new(Programs::new(folder).program("node", folder));
        command.args(["-e", SCRIPT]).current_dir(folder).env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let said = Arc::new(Mutex::new(Vec::new()));
        listen(child.stdout.take(), number, sender);
        keep(child.stderr.take(), Arc::clone(&said));
        let stdin = child.stdin.take();
        let mut process = Self { child, stdin, number, said };
        // One that has ended at once is told of by the end of its answers.
        let _ = process.write(&json!({ "folder": folder, "isAside": is_aside }));
        Ok(process)
    }

    /// Asks for the findings in these files.
    pub fn ask(&mut self, id: u64, files: &[Utf8PathBuf]) {
        let _ = self.write(&json!({ "id": id, "files": files }));
    }

    /// The end of what it said beside its answers.
    pub fn last_words(&self) -> String {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        without_colours(&String::from_utf8_lossy(&said)).trim().to_owned()
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

/// Keeps the end of what comes out of a pipe. The lock is between this thread and who asks for the
/// last words.
fn keep(pipe: Option<impl Read + Send + 'static>, said: Arc<Mutex<Vec<u8>>>) {
    thread::spawn(move || {
        let mut chunk = [0; 1024];
        let Some(mut pipe) = pipe else { return };
        while let Ok(count) = pipe.read(&mut chunk)
            && count > 0
        {
            let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
            said.extend(&chunk[..count]);
            let more = said.len().saturating_sub(LAST_WORDS);
            said.drain(..more);
        }
    });
}
