//! Passes findings to pages. Lint does not write the status itself: it sends the findings to the
//! watcher, which writes the status between two builds, when the bell has ended its wait.

use std::sync::mpsc::{Receiver, Sender, channel};

use bundle_base::{Diagnostic, diagnostic::Severity};
use bundle_dev::Bell;
use serde_json::Value;

use crate::{messages, page_diagnostics::finding};

/// The most findings that pages get: they fetch all of them twice a second.
const MOST: usize = 20;

/// Sends findings to the watcher.
pub struct FindingsNotifier {
    sender: Sender<Vec<Value>>,
    bell: Bell,
    last: Vec<Value>,
}

impl FindingsNotifier {
    /// Makes a sender of findings, and the receiver for the watcher.
    pub fn new(bell: Bell) -> (Self, Receiver<Vec<Value>>) {
        let (sender, receiver) = channel();
        (Self { sender, bell, last: Vec::new() }, receiver)
    }

    /// Sends all present findings, if they differ from the last ones.
    pub fn send<'d>(&mut self, findings: impl Iterator<Item = &'d Diagnostic>) {
        let mut findings: Vec<&Diagnostic> = findings.collect();
        findings.sort_by_key(|finding| finding.severity != Severity::Error);
        let more = findings.len().saturating_sub(MOST);
        let mut sent: Vec<Value> = findings.into_iter().take(MOST).map(finding).collect();
        if more > 0 {
            sent.push(finding(&messages::more_findings(more)));
        }
        if sent == self.last {
            return;
        }
        self.last.clone_from(&sent);
        // The send fails if this lint was replaced by another one.
        if self.sender.send(sent).is_ok() {
            self.bell.ring();
        }
    }
}
