//! Notifies pages on this machine of builds at once, so that they need not poll every half second.
//! Pages find the event stream through the status. Without a stream they go on polling, so a
//! failure to open one is not an error.

use bundle_base::Config;
use bundle_dev::EventStream;
use serde_json::{Value, json};

/// The event stream, while the configuration wants one.
#[derive(Default)]
pub struct Socket {
    stream: Option<EventStream>,
    origins: Vec<String>,
}

impl Socket {
    /// Opens or closes the stream as the configuration asks. Changed origins make a new stream: a
    /// page that is connected to the old one may not be allowed any more.
    pub fn follow(&mut self, config: &Config) {
        let is_wanted = config.output.updates && config.watch.socket;
        if !is_wanted || self.origins != config.watch.origins {
            self.stream = None;
        }
        if is_wanted && self.stream.is_none() {
            self.origins.clone_from(&config.watch.origins);
            self.stream = EventStream::open(&self.origins).ok();
        }
    }

    /// Returns the stream's address for the status.
    pub fn address(&self) -> Option<Value> {
        let stream = self.stream.as_ref()?;
        let mut address = json!({ "port": stream.port(), "token": stream.token() });
        if !self.origins.is_empty() {
            address["origins"] = self.origins.clone().into();
        }
        Some(address)
    }

    /// Notifies pages that a status was written.
    pub fn send(&self, build: &str) {
        if let Some(stream) = &self.stream {
            stream.send(build);
        }
    }
}
