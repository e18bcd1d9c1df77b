//! What a top-level item mentions, each symbol and request once, and the branches that the mentions
//! are in.

use bundle_base::Span;
use bundle_graph::record::{
    Branch, BranchIndex, Effects, GlobalUse, Path, RequestIndex, Statement, SymbolIndex, SymbolUse,
    Test,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// The branches of a program. One gets its index when something in it is first recorded.
#[derive(Default)]
pub(super) struct Branches {
    found: Vec<Branch>,
    /// The branches that enclose the current place, outermost first.
    open: Vec<Open>,
}

enum Open {
    Known(BranchIndex),
    New(Branch),
}

impl Branches {
    /// Begins a branch, which runs if the outcome of a test is `runs_if`.
    pub fn enter(&mut self, place: (Span, Span), test: Test, runs_if: bool) {
        self.open.push(Open::New(Branch { place, outer: None, test, runs_if }));
    }

    /// Ends the branch that began last.
    pub fn leave(&mut self) {
        self.open.pop();
    }

    /// Returns all branches of the program.
    pub fn into_list(self) -> Vec<Branch> {
        self.found
    }

    /// Returns the innermost branch that encloses the current place.
    fn current(&mut self) -> Option<BranchIndex> {
        let mut outer = None;
        for open in &mut self.open {
            let index = match open {
                Open::Known(index) => *index,
                Open::New(branch) => {
                    let index = u32::try_from(self.found.len()).expect("a file has fewer bytes");
                    let test = std::mem::replace(&mut branch.test, Test::Unknown);
                    let Branch { place, runs_if, .. } = *branch;
                    self.found.push(Branch { place, outer, test, runs_if });
                    BranchIndex(index)
                }
            };
            *open = Open::Known(index);
            outer = Some(index);
        }
        outer
    }
}

/// Adds the branch of another mention to those of a name or request. No branches are left if a
/// mention is in none.
fn add(branches: &mut Vec<BranchIndex>, branch: Option<BranchIndex>) {
    match branch {
        // An earlier mention is in no branch.
        Some(_) if branches.is_empty() => {}
        Some(branch) if branches.contains(&branch) => {}
        Some(branch) => branches.push(branch),
        None => branches.clear(),
    }
}

/// What one item mentions.
#[derive(Default)]
pub(super) struct Mentions {
    uses: Vec<SymbolUse>,
    eager_reads: Vec<(SymbolIndex, Span)>,
    requests: Vec<RequestIndex>,
    /// The branches of each request.
    branches: Vec<Vec<BranchIndex>>,
    /// The index of each symbol in `uses`.
    positions: FxHashMap<SymbolIndex, usize>,
    /// The symbols in `eager_reads`.
    read_now: FxHashSet<SymbolIndex>,
}

impl Mentions {
    /// Adds a mention of a symbol as a whole, or of one of its members. The flag: it may be a type.
    pub fn symbol(
        &mut self,
        symbol: SymbolIndex,
        member: Option<Path>,
        span: Span,
        may_be_type: bool,
        branches: &mut Branches,
    ) {
        let branch = branches.current();
        let position = *self.positions.entry(symbol).or_insert(self.uses.len());
        if position == self.uses.len() {
            let (members, is_whole) = (Vec::new(), false);
            let branches = branch.into_iter().collect();
            self.uses.push(SymbolUse { symbol, members, is_whole, span, may_be_type, branches });
        }
        let used = &mut self.uses[position];
        used.may_be_type &= may_be_type;
        add(&mut used.branches, branch);
        match member {
            Some(member) if used.members.contains(&member) => {}
            Some(member) => used.members.push(member),
            None => used.is_whole = true,
        }
    }

    /// Adds that a symbol may be read while the item runs.
    pub fn eager_read(&mut self, symbol: SymbolIndex, span: Span) {
        if self.read_now.insert(symbol) {
            self.eager_reads.push((symbol, span));
        }
    }

    /// Adds a request at the current place.
    pub fn request(&mut self, request: RequestIndex, branches: &mut Branches) {
        self.request_in(request, branches.current());
    }

    /// Adds a request that does not depend on a branch.
    pub fn request_always(&mut self, request: RequestIndex) {
        self.request_in(request, None);
    }

    fn request_in(&mut self, request: RequestIndex, branch: Option<BranchIndex>) {
        if let Some(position) = self.requests.iter().position(|one| *one == request) {
            add(&mut self.branches[position], branch);
        } else {
            self.requests.push(request);
            self.branches.push(branch.into_iter().collect());
        }
    }

    /// Makes the statement of the record from these mentions and the results of other analyses.
    pub fn statement(
        self,
        declares: Vec<SymbolIndex>,
        effects: Effects,
        globals: Vec<GlobalUse>,
    ) -> Statement {
        let Self { uses, eager_reads, requests, branches, .. } = self;
        let pairs = |(request, branches): (&RequestIndex, Vec<BranchIndex>)| {
            let request = *request;
            branches.into_iter().map(move |branch| (request, branch))
        };
        let branched = requests.iter().zip(branches).flat_map(pairs).collect();
        Statement { declares, uses, requests, branched, effects, eager_reads, globals }
    }
}
