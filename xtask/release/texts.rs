//! The completions and the manual page, as the program prints them.

use std::path::Path;

use crate::release;

/// What the program prints about itself.
pub struct Texts {
    /// The completions, each under the name of its file.
    pub completions: [(&'static str, String); 4],
    /// The manual page, in roff.
    pub manual: String,
}

/// The name of the completions for bash.
pub const BASH: usize = 0;
/// The name of the completions for zsh.
pub const ZSH: usize = 1;
/// The name of the completions for fish.
pub const FISH: usize = 2;

/// Asks a program that runs on this machine.
pub fn of(program: &Path) -> Result<Texts, String> {
    let program = program.to_string_lossy();
    let ask = |words: &[&str]| release::output(Path::new("."), &program, words);
    Ok(Texts {
        completions: [
            ("bundle.bash", ask(&["completions", "bash"])?),
            ("_bundle", ask(&["completions", "zsh"])?),
            ("bundle.fish", ask(&["completions", "fish"])?),
            ("bundle.ps1", ask(&["completions", "powershell"])?),
        ],
        manual: ask(&["manual-page"])?,
    })
}
