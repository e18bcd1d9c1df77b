//! The host's object that is notified of the progress of a build. A JavaScript value belongs to its
//! thread, and followers of builds may go to other threads. So the value is in a thread-local.

use std::{cell::RefCell, panic};

use bundle_engine::{Follower, Phase};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{answer, memory, messages};

#[wasm_bindgen]
extern "C" {
    /// What the host does while a build runs.
    pub type Listener;
    /// Called when a phase begins, with its name.
    #[wasm_bindgen(method)]
    fn begins(this: &Listener, phase: &str);
    /// Called before a panic ends the instance: the diagnostic to report, as JSON.
    #[wasm_bindgen(method)]
    fn failed(this: &Listener, diagnostic: &str);
}

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// Sets the listener of all later builds, and tells it of panics.
pub fn listen(listener: Listener) {
    LISTENER.set(Some(listener));
    panic::set_hook(Box::new(|info| {
        let failure = answer::drawn(&messages::panicked(info), false).to_string();
        LISTENER.with_borrow(|to| to.iter().for_each(|to| to.failed(&failure)));
    }));
}

/// Tells the listener of each phase, and takes memory for it.
pub struct Phases;

impl Follower for Phases {
    fn begins(&mut self, phase: Phase) {
        memory::keep_ahead();
        LISTENER.with_borrow(|to| to.iter().for_each(|to| to.begins(phase.name())));
    }
}
