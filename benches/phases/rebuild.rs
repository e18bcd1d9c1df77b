//! What a rebuild costs after one module of a registry was edited, phase by phase: where only its
//! body is another one, where it exports another name, and where it imports another module.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bundle_base::FileSystem;
use bundle_base::config::ModulesForm;
use bundle_base::fs::MemoryFs;
use bundle_engine::{ChangeSet, Phase, Session, with_threads};

use crate::programs::Program;

/// Edits after the first one, which warms up.
const EDITS: usize = 15;

/// The phases that a build tells of, and the time before the first: what the change touches is
/// dropped.
const PHASES: [(&str, Option<Phase>); 6] = [
    ("apply", None),
    ("scan", Some(Phase::Scan)),
    ("link", Some(Phase::Link)),
    ("chunk", Some(Phase::Chunk)),
    ("render", Some(Phase::Render)),
    ("emit", Some(Phase::Emit)),
];

/// How long this thread has run: what others do on the machine does not count. Where the system
/// does not tell, the clock.
fn spent(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// Measures each kind of edits.
pub fn measure(program: &Program) {
    edit(program, "body", |text, edit| {
        text.replace("label?.trim()", &format!("label?.trim({edit})"))
    });
    edit(program, "export", |text, edit| format!("{text}export const added{edit} = {edit};\n"));
    edit(program, "import", |text, edit| {
        format!("import * as added from \"./m{edit}.js\";\n{text}added;\n")
    });
}

/// Prints the median of each phase and of the whole, on one thread. `edited_by`: the text after the
/// n-th edit.
fn edit(program: &Program, kind: &str, edited_by: impl Fn(&str, usize) -> String + Sync) {
    let mut config = program.config("es5");
    config.output.modules = ModulesForm::Registry;
    let edited = &program.texts[program.texts.len() / 2];
    let files = Arc::new(
        program.texts.iter().fold(MemoryFs::new(), |files, s| files.with(&s.path, &*s.text)),
    );
    let changes = ChangeSet { changed: vec![edited.path.clone()], ..ChangeSet::default() };
    let mut costs: Vec<Vec<Duration>> = vec![Vec::new(); PHASES.len() + 1];
    let begin = Instant::now();
    with_threads(Some(1), || {
        let mut session = Session::new(Arc::new(config), Arc::clone(&files) as Arc<dyn FileSystem>);
        drop(session.build().expect("a measured program has no mistakes"));
        for edit in 1..=EDITS + 1 {
            files.write(&edited.path, edited_by(&edited.text, edit));
            let mut times = vec![spent(begin)];
            session.apply(&changes);
            let build = session
                .build_with_follower(&mut |_: bundle_engine::Phase| times.push(spent(begin)));
            times.push(spent(begin));
            let rendered = build.expect("a measured program has no mistakes").counts.rendered;
            assert_eq!(rendered, 1, "only the edited module is rendered");
            if edit > 1 {
                let steps = times.windows(2).map(|pair| pair[1].saturating_sub(pair[0]));
                let whole = times[times.len() - 1].saturating_sub(times[0]);
                costs.iter_mut().zip(steps.chain([whole])).for_each(|(all, cost)| all.push(cost));
            }
        }
    });
    let names = PHASES.iter().map(|(name, _)| *name).chain(["whole"]);
    for (name, mut all) in names.zip(costs) {
        all.sort_unstable();
        let name = format!("{}/rebuild, {kind}: {name}", program.name);
        println!("{name:<40} {:>9.2} ms", all[all.len() / 2].as_secs_f64() * 1e3);
    }
}
