//! A progress line on a terminal while a build takes long, and the time that each phase took. The
//! engine has no clock; it is read here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bundle_engine::Phase;
use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

/// A build shows no line before this time: a line that flickers is worse than none.
const PATIENCE: Duration = Duration::from_millis(500);

/// The text of the line for each phase, in the order of `Phase`.
const DOING: [&str; 5] =
    ["reading modules", "linking", "making chunks", "writing modules", "joining scripts"];

/// Shows the line until this is dropped, and records when phases begin.
pub struct Progress {
    bar: Option<ProgressBar>,
    doing: Arc<AtomicUsize>,
    begun: Vec<(&'static str, Instant)>,
}

/// The time that each phase took, in order.
pub struct Costs(pub Vec<(&'static str, Duration)>);

impl Progress {
    /// Starts the line, if it is wanted.
    pub fn start(is_wanted: bool) -> Self {
        let doing = Arc::new(AtomicUsize::new(0));
        Self { bar: is_wanted.then(|| line(Arc::clone(&doing))), doing, begun: Vec::new() }
    }

    /// Records that a phase of the engine begins.
    pub fn phase(&mut self, phase: Phase) {
        self.doing.store(phase as usize, Ordering::Relaxed);
        self.begin(phase.name());
    }

    /// Records that the current phase ends and the phase `name` begins.
    #[expect(clippy::disallowed_methods, reason = "people want to know where time goes")]
    pub fn begin(&mut self, name: &'static str) {
        self.begun.push((name, Instant::now()));
    }

    /// Removes the line, so that other text can be printed.
    pub fn hide(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Removes the line and returns the costs.
    pub fn finish(mut self) -> Costs {
        self.begin("");
        let ends = self.begun.iter().skip(1);
        Costs(
            self.begun
                .iter()
                .zip(ends)
                .map(|((name, from), (_, to))| (*name, *to - *from))
                .collect(),
        )
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.hide();
    }
}

/// Makes the line. The library draws it at once, so it is empty at first.
fn line(doing: Arc<AtomicUsize>) -> ProgressBar {
    let write_line = move |state: &ProgressState, text: &mut dyn std::fmt::Write| {
        let elapsed = state.elapsed();
        if elapsed >= PATIENCE {
            let doing = DOING[doing.load(Ordering::Relaxed)];
            // A line that cannot be drawn must not stop a build.
            let _ = write!(text, "  {doing} … {:#}", HumanDuration(elapsed));
        }
    };
    let style = ProgressStyle::with_template("{line}").expect("the template is a constant");
    let bar = ProgressBar::new_spinner().with_style(style.with_key("line", write_line));
    bar.enable_steady_tick(PATIENCE);
    bar
}
