//! The amount of work that a build did.

/// The amount of work that a build did. All but `avoided` are exact, the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Modules in the program.
    pub modules: usize,
    /// Files read from the file system.
    pub loaded: usize,
    /// Parts parsed.
    pub analysed: usize,
    /// Bytes of the parts parsed.
    pub parsed_bytes: usize,
    /// Specifiers resolved: each counts once for each folder that requests it.
    pub resolved: usize,
    /// Questions to the file system that tables and listings of folders answered: each would have
    /// been a system call. Tasks that ask at the same time may make this number differ.
    pub avoided: usize,
    /// Modules linked: those whose linked form was not taken from the previous build.
    pub linked: usize,
    /// Parts rendered.
    pub rendered: usize,
    /// Requests to plugins.
    pub asked: usize,
    /// Files, records and rendered parts taken from the disk cache. No other count includes these.
    pub restored: usize,
}

impl Counts {
    /// Adds the files, parts and specifiers of another scan.
    pub(crate) fn add(&mut self, other: Self) {
        self.loaded += other.loaded;
        self.analysed += other.analysed;
        self.parsed_bytes += other.parsed_bytes;
        self.resolved += other.resolved;
        self.avoided += other.avoided;
        self.asked += other.asked;
    }
}
