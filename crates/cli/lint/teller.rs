//! Findings for pages. Lint does not write what pages are told: it hands the findings to the
//! watcher, which writes the status between two builds, when the bell has ended its wait.

use std::sync::mpsc::{Receiver, Sender, channel};

use bundle_base::{Diagnostic, diagnostic::Severity};
use bundle_dev::Bell;
use serde_json::Value;

use crate::{messages, watch::status};

/// So many findings are shown: pages ask for all of them twice a second.
const MOST: usize = 20;

/// Hands over what was found.
pub struct Teller {
    sender: Sender<Vec<Value>>,
    bell: Bell,
    last: Vec<Value>,
}

impl Teller {
    /// One that has told nothing yet, and where it is to be heard.
    pub fn new(bell: Bell) -> (Self, Receiver<Vec<Value>>) {
        let (sender, receiver) = channel();
        (Self { sender, bell, last: Vec::new() }, receiver)
    }

    /// Hands over all findings of now, if they are others than the last time.
    pub fn tell<'d>(&mut self, findings: impl Iterator<Item = &'d Diagnostic>) {
        let mut findings: Vec<&Diagnostic> = findings.collect();
        findings.sort_by_key(|finding| finding.severity != Severity::Error);
        let more = findings.len().saturating_sub(MOST);
        let mut told: Vec<Value> = findings.into_iter().take(MOST).map(status::finding).collect();
        if more > 0 {
            told.push(status::finding(&messages::more_findings(more)));
        }
        if told == self.last {
            return;
        }
        self.last.clone_from(&told);
        // Where nobody listens any more, another one lints.
        if self.sender.send(told).is_ok() {
            self.bell.ring();
        }
    }
}
