//! The user's programs, as loaders and the configuration run them: commands of `preprocess`, and
//! the project's Node process. Hosts implement `Tools`.

use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::FileSystem;

/// Runs the user's programs: commands for languages that bundle does not compile itself, and what
/// needs Node.
pub trait Tools: Send + Sync {
    /// Runs a program with `input` as its input and returns what it prints. `command`: the
    /// program's name and its arguments; `folder`: the working directory.
    fn run(&self, command: &[String], folder: &Utf8Path, input: &str) -> Result<String, ToolError>;

    /// Sends a request to the project's Node process, which the first request starts, and returns
    /// what it answers. `back` answers what the process asks meanwhile.
    fn ask(
        &self,
        request: &NodeRequest,
        back: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered>;
}

/// Sends a request during which the process asks nothing, and reads its answer. An answer of
/// another form means that the tool is broken.
pub fn ask_for<T: DeserializeOwned>(
    tools: &dyn Tools,
    request: &NodeRequest,
) -> Result<T, Unanswered> {
    let answer = tools.ask(request, &mut |_| Value::Null)?;
    serde_json::from_value(answer)
        .map_err(|why| Unanswered::Tool(ToolError::Broken(why.to_string())))
}

/// Why there is no Node, for messages.
#[derive(Clone, Copy)]
pub struct NoNode {
    /// Behind "needs".
    pub text: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

/// For `ToolError::Missing`.
pub const MISSING_NODE: NoNode =
    NoNode { text: "Node, which is not installed", remedy: "install Node" };
/// For `ToolError::Unable`, on a host that cannot run it.
pub const UNABLE_NODE: NoNode = NoNode {
    text: "Node, which the WebAssembly build cannot start",
    remedy: "build with the native program",
};

/// Why a program gave no output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToolError {
    /// This host cannot run programs.
    Unable,
    /// The program does not exist.
    Missing,
    /// The program could not be started, or did not end; with the reason.
    Broken(String),
    /// The program ended with an error; with what it printed.
    Failed(String),
}

impl ToolError {
    /// Returns the program's own error text, if it printed one.
    pub fn error_output(&self) -> Option<&str> {
        match self {
            Self::Failed(output) => Some(output),
            Self::Unable | Self::Missing | Self::Broken(_) => None,
        }
    }
}

/// A request to the process.
#[derive(Clone, Debug)]
pub struct NodeRequest {
    /// The name of the request, `do`, and its arguments.
    pub value: Value,
    /// The process needs it before all others: one that takes the place of a dead one gets it
    /// again.
    pub is_setup: bool,
    /// The answer follows from the request and the configuration alone.
    pub is_pure: bool,
    /// How long an answer may take.
    pub limit: Duration,
}

/// How long an answer may take, unless the configuration says more.
pub const LIMIT: Duration = Duration::from_mins(1);

/// Why a request has no answer.
#[derive(Clone, Debug)]
pub enum Unanswered {
    /// There is no process, or it ended, or it takes too long.
    Tool(ToolError),
    /// The process answered with a failure.
    Failed(Box<NodeFailure>),
}

/// What failed in the process.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct NodeFailure {
    /// What was thrown.
    pub message: String,
    /// The name of the plugin.
    pub plugin: Option<String>,
    /// The plugin's hook that was called.
    pub hook: Option<String>,
    /// Node's own code of the error.
    pub code: Option<String>,
    /// The version of Node, if a configuration threw.
    pub version: Option<String>,
    /// The file where it was thrown, or that the error names; with a query, perhaps.
    pub file: Option<Utf8PathBuf>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column in UTF-16 code units, from 1 for configurations and from 0 for plugins.
    pub column: Option<u32>,
    /// The stack of the error.
    pub stack: Option<String>,
    /// Files whose change may mend it.
    #[serde(default)]
    pub watched: Vec<Utf8PathBuf>,
}

impl Unanswered {
    /// Reads the files that may mend a failure, so that it depends on them.
    pub fn depend_on_files(&self, fs: &dyn FileSystem) {
        if let Self::Failed(failure) = self {
            for path in &failure.watched {
                let _ = fs.read(path);
            }
        }
    }
}

/// The `Tools` of a host that cannot run programs.
pub struct NoTools;

impl Tools for NoTools {
    fn run(&self, _: &[String], _: &Utf8Path, _: &str) -> Result<String, ToolError> {
        Err(ToolError::Unable)
    }

    fn ask(
        &self,
        _: &NodeRequest,
        _: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        Err(Unanswered::Tool(ToolError::Unable))
    }
}
