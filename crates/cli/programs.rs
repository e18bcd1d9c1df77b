//! Runs the user's programs: commands that `preprocess` names, and the project's Node process.

use std::{
    io::{self, Read, Write},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use bundle_base::tools::{NodeRequest, ToolError, Tools, Unanswered};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::{escape_sequences::without_colours, node_process::NodeProcess, platform::ENDINGS};

/// The longest that a program may take for one stylesheet.
const LIMIT: Duration = Duration::from_mins(1);

/// Starts programs for one project.
pub struct Programs {
    project: Utf8PathBuf,
    /// What plugins print is shown.
    is_shown: bool,
    /// A lock because any thread may be the first to need the process.
    node: Mutex<Node>,
}

/// The Node process, once it is needed.
#[derive(Default)]
struct Node {
    process: Option<Arc<NodeProcess>>,
    /// The requests that a new process gets first.
    setup: Vec<NodeRequest>,
}

impl Programs {
    pub fn new(project: &Utf8Path) -> Self {
        Self { project: project.to_owned(), is_shown: false, node: Mutex::default() }
    }

    /// Returns the programs with what plugins print shown.
    #[must_use]
    pub fn showing(self, is_shown: bool) -> Self {
        Self { is_shown, ..self }
    }

    /// Ends the Node process. A later request starts another.
    pub fn end_node(&self) {
        self.node.lock().unwrap_or_else(PoisonError::into_inner).process = None;
    }

    /// Returns the Node process. Starts one if there is none, or if it has died.
    fn node(&self) -> Result<Arc<NodeProcess>, Unanswered> {
        let mut node = self.node.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(process) = node.process.as_ref().filter(|process| !process.has_ended()) {
            return Ok(Arc::clone(process));
        }
        let command = Command::new(self.program("node", &self.project));
        let started = NodeProcess::start(command, &self.project, self.is_shown);
        let process = Arc::new(started.map_err(|error| Unanswered::Tool(unstarted(&error)))?);
        for request in &node.setup {
            process.ask(request, &mut |_| Value::Null)?;
        }
        node.process = Some(Arc::clone(&process));
        Ok(process)
    }

    /// Returns the path of a program. One from `node_modules/.bin` takes precedence over one of the
    /// machine.
    pub fn program(&self, name: &str, folder: &Utf8Path) -> Utf8PathBuf {
        let folders = folder.ancestors().chain(self.project.ancestors());
        let mut found = folders.flat_map(|above| {
            ENDINGS
                .iter()
                .map(move |ending| above.join(format!("node_modules/.bin/{name}{ending}")))
        });
        let has_folder = name.contains(['/', '\\']);
        found.find(|path| !has_folder && path.is_file()).unwrap_or_else(|| {
            let in_project = self.project.join(name);
            if has_folder && in_project.is_file() { in_project } else { name.into() }
        })
    }
}

impl Tools for Programs {
    fn run(&self, command: &[String], folder: &Utf8Path, input: &str) -> Result<String, ToolError> {
        let (name, arguments) = command.split_first().ok_or(ToolError::Missing)?;
        let mut command = Command::new(self.program(name, folder));
        command.args(arguments).current_dir(folder).env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| unstarted(&error))?;
        let (stdout, stderr) = (collected(child.stdout.take()), collected(child.stderr.take()));
        let input = input.to_owned();
        let stdin = child.stdin.take();
        // The program need not read all of its input, so a broken pipe is not an error.
        let writer =
            thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        let is_success = ended(&mut child)?;
        let _ = writer.join();
        let text = |thread: thread::JoinHandle<Vec<u8>>| thread.join().unwrap_or_default();
        if is_success {
            return String::from_utf8(text(stdout))
                .map_err(|_| ToolError::Broken("it prints no UTF-8".to_owned()));
        }
        let output = [text(stderr), text(stdout)].concat();
        Err(ToolError::Failed(without_colours(&String::from_utf8_lossy(&output))))
    }

    fn ask(
        &self,
        request: &NodeRequest,
        back: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        let answer = self.node()?.ask(request, back);
        if request.is_setup {
            let mut node = self.node.lock().unwrap_or_else(PoisonError::into_inner);
            node.setup.push(request.clone());
        }
        answer
    }
}

/// Why a program does not start.
fn unstarted(error: &io::Error) -> ToolError {
    let is_missing = error.kind() == io::ErrorKind::NotFound;
    if is_missing { ToolError::Missing } else { ToolError::Broken(error.to_string()) }
}

/// Reads a pipe to its end in a thread, so that neither side blocks for ever.
fn collected(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
        bytes
    })
}

/// Waits for the program's end, and returns whether it succeeded.
fn ended(child: &mut Child) -> Result<bool, ToolError> {
    let mut waited = Duration::ZERO;
    let mut pause = Duration::from_millis(1);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if waited > LIMIT => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(ToolError::Broken(format!(
                    "it did not end within {} seconds",
                    LIMIT.as_secs()
                )));
            }
            Ok(None) => thread::sleep(pause),
            Err(error) => return Err(ToolError::Broken(error.to_string())),
        }
        waited += pause;
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}
