//! What tells pages of this machine of builds at once, so that they need not ask every half second.
//! Pages learn of it from the status. Where there is none, they go on asking: no reason to fail.

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
    /// Opens or closes what the configuration wants. Other origins are another stream: who is
    /// connected to the old one may not be let into it.
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

    /// What the status says of it.
    pub fn told(&self) -> Option<Value> {
        let stream = self.stream.as_ref()?;
        let mut told = json!({ "port": stream.port(), "token": stream.token() });
        if !self.origins.is_empty() {
            told["origins"] = self.origins.clone().into();
        }
        Some(told)
    }

    /// A status was written.
    pub fn send(&self, build: &str) {
        if let Some(stream) = &self.stream {
            stream.send(build);
        }
    }
}
