//! Keys that people press while something is watched, for the thread that builds: it does what they
//! want between builds.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bundle_dev::Bell;

use crate::{
    stop,
    terminal::{self, Key},
};

/// What was pressed and not done yet.
#[derive(Clone, Default)]
pub struct Keys(Arc<Mutex<Pressed>>);

#[derive(Default)]
struct Pressed {
    keys: Vec<Key>,
    /// Of whoever waits for changes.
    bell: Option<Bell>,
}

impl Keys {
    /// Listens from now on. `None`: there is no terminal to press keys at.
    pub fn listen(&self) -> Option<terminal::Mode> {
        let keys = self.clone();
        terminal::begin(move |key| keys.press(key))
    }

    /// Rings this when a key is pressed.
    pub fn ring(&self, bell: Bell) {
        self.pressed().bell = Some(bell);
    }

    /// True if there is something to do.
    pub fn is_any(&self) -> bool {
        !self.pressed().keys.is_empty()
    }

    /// What is to be done.
    pub fn take(&self) -> Vec<Key> {
        mem::take(&mut self.pressed().keys)
    }

    fn press(&self, key: Key) {
        if key == Key::Quit {
            // At once, whatever is being built.
            stop::quit();
        }
        let mut pressed = self.pressed();
        // Before there is something to do them with, keys are lost.
        if let Some(bell) = pressed.bell.clone() {
            pressed.keys.push(key);
            bell.ring();
        }
    }

    fn pressed(&self) -> MutexGuard<'_, Pressed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
