//! Decides which severity each code has: `severity` and `silence`. Whether a code exists is checked
//! by the command line, which has the list.

use super::deciding::Deciding;
use crate::diagnostic::{Level, Severities};

const LEVELS: [(&str, Level); 3] =
    [("error", Level::Error), ("off", Level::Off), ("warn", Level::Warn)];

impl Deciding<'_> {
    /// Decides the severities of codes.
    pub(super) fn severities(&mut self) -> Severities {
        let project = &self.raw.project;
        let silenced = project.silence.iter().flatten().map(|code| code.value.clone()).collect();
        let levels = project.severity.iter().filter_map(|pair| {
            let level = self.word(Some(&pair.value), "severity", &LEVELS)?;
            Some((pair.key.value.clone(), level))
        });
        Severities { silenced, levels: levels.collect() }
    }
}
