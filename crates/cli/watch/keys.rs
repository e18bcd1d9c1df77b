//! Keys that the user presses while watching, queued for the building thread, which carries them
//! out between builds.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bundle_dev::Bell;

use crate::{
    stop,
    terminal::{self, Key},
};

/// Keys that were pressed and not carried out yet.
#[derive(Clone, Default)]
pub struct Keys(Arc<Mutex<Pressed>>);

#[derive(Default)]
struct Pressed {
    keys: Vec<Key>,
    /// The bell of the thread that waits for changes.
    bell: Option<Bell>,
}

impl Keys {
    /// Starts to listen. `None` if there is no terminal.
    pub fn listen(&self) -> Option<terminal::Mode> {
        let keys = self.clone();
        terminal::begin(move |key| keys.press(key))
    }

    /// Sets the bell to ring when a key is pressed.
    pub fn ring(&self, bell: Bell) {
        self.pressed().bell = Some(bell);
    }

    /// Whether a key waits to be carried out.
    pub fn is_pressed(&self) -> bool {
        !self.pressed().keys.is_empty()
    }

    /// Takes the keys that were pressed.
    pub fn take(&self) -> Vec<Key> {
        mem::take(&mut self.pressed().keys)
    }

    fn press(&self, key: Key) {
        if key == Key::Quit {
            // Quitting does not wait for a build.
            stop::quit();
        }
        let mut pressed = self.pressed();
        // A key that is pressed before the bell is set is lost.
        if let Some(bell) = pressed.bell.clone() {
            pressed.keys.push(key);
            bell.ring();
        }
    }

    fn pressed(&self) -> MutexGuard<'_, Pressed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
