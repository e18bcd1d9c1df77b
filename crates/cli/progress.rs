//! What a build is doing, and for how long: a line on a terminal while it takes long, and what each
//! phase cost for who wants to know. The engine has no clock; this one is started and read here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bundle_engine::Phase;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

/// Builds that are shorter show nothing: a line that flickers is worse than none.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the line says while a phase runs, in the order of `Phase`.
const DOING: [&str; 5] =
    ["reading modules", "linking", "making chunks", "writing modules", "joining scripts"];

/// Shows the line until it is dropped, and notes when phases begin.
pub struct Progress {
    bar: Option<ProgressBar>,
    doing: Arc<AtomicUsize>,
    begun: Vec<(&'static str, Instant)>,
}

/// What each phase cost, in order.
pub struct Costs(pub Vec<(&'static str, Duration)>);

impl Progress {
    /// Starts to wait.
    pub fn start(is_wanted: bool) -> Self {
        let doing = Arc::new(AtomicUsize::new(0));
        Self { bar: is_wanted.then(|| line(Arc::clone(&doing))), doing, begun: Vec::new() }
    }

    /// A phase of the engine begins.
    pub fn phase(&mut self, phase: Phase) {
        self.doing.store(phase as usize, Ordering::Relaxed);
        self.begin(phase.name());
    }

    /// Whatever is done now is over, and this begins.
    #[expect(clippy::disallowed_methods, reason = "people want to know where time goes")]
    pub fn begin(&mut self, name: &'static str) {
        self.begun.push((name, Instant::now()));
    }

    /// The line goes, for one that stays.
    pub fn hide(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// The end: the line goes, the costs are told.
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

/// Nothing is drawn before the first tick.
fn line(doing: Arc<AtomicUsize>) -> ProgressBar {
    let say = move |_: &ProgressState, text: &mut dyn std::fmt::Write| {
        // A line that can't be drawn is no reason to stop a build.
        let _ = text.write_str(DOING[doing.load(Ordering::Relaxed)]);
    };
    let style =
        ProgressStyle::with_template("  {doing} … {elapsed}").expect("the template is a constant");
    let bar = ProgressBar::new_spinner().with_style(style.with_key("doing", say));
    bar.enable_steady_tick(PATIENCE);
    bar
}
