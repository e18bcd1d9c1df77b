//! The amount of work that a build did.

/// The amount of work that a build did: exact, the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Modules in the program.
    pub modules: usize,
    /// Files read from the file system.
    pub loaded: usize,
    /// Parts parsed.
    pub analysed: usize,
    /// Specifiers resolved.
    pub resolved: usize,
    /// Modules linked: those whose linked form was not taken from the previous build.
    pub linked: usize,
    /// Parts rendered.
    pub rendered: usize,
    /// Files, records and rendered parts taken from the disk cache. No other count includes these.
    pub restored: usize,
}

impl Counts {
    /// Adds the files, parts and specifiers of another scan.
    pub(crate) fn add(&mut self, other: Self) {
        self.loaded += other.loaded;
        self.analysed += other.analysed;
        self.resolved += other.resolved;
    }
}
