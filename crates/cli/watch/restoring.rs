//! Outputs that another program removes or empties while no source changes. They are written again
//! once they have been quiet for a while. If another program has written other contents, it has
//! built or deployed there: then the next rebuild writes the outputs, and nothing before.

use std::time::{Duration, Instant};

use super::state::Watch;

/// Outputs that vanish again and again are restored at most this often.
const PAUSE: Duration = Duration::from_secs(5);

impl Watch<'_> {
    /// Follows a write: releases former output folders, watches the new files and tells pages.
    pub(super) fn finish_writing(&mut self) {
        // This process no longer manages the former output folders.
        self.lock.forget_former();
        self.watcher.watch_outputs(self.disk.left());
        self.notify_pages_of_outputs();
    }

    /// Writes outputs again that another program has removed, if nothing else is to be done.
    #[expect(clippy::disallowed_methods, reason = "measures how long it was quiet")]
    pub(super) fn restore_outputs(&mut self) {
        let is_last_good = self.decided.is_valid
            && !self.reported.has_failed
            && self.edits.outdated_since.is_none()
            && self.project.config.project.is_dir();
        if !self.watcher.take_quiet_outputs() || !is_last_good {
            return;
        }
        if !self.disk.has_lost_outputs(&self.project) {
            // A folder may have been removed and made again, which ends its events.
            self.watcher.watch_outputs(self.disk.left());
            return;
        }
        let since = self.edits.restored.map(|restored| restored.elapsed());
        if let Some(rest) = since.and_then(|since| PAUSE.checked_sub(since)) {
            self.watcher.look_at_outputs_in(rest);
            return;
        }
        self.edits.restored = Some(Instant::now());
        self.disk.restore();
        self.write_again();
    }
}
