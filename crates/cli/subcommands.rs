//! The commands and their arguments as the argument parser knows them, with the lines of `--help`.

use clap::Subcommand;

/// The commands.
#[derive(Subcommand)]
pub enum Subcommands {
    /// Build once (what `bundle` does without a command)
    Build {
        /// What to build: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
        /// Build at each line of standard input
        #[arg(long, hide = true)]
        on_request: bool,
    },
    /// Write bundle.config.json, from another tool's configuration if there is one
    Init {
        /// The configuration to read, such as webpack.mix.js; may be repeated
        #[arg(long, value_name = "FILE")]
        from: Vec<String>,
        /// Replace an existing bundle.config.json
        #[arg(long)]
        force: bool,
    },
    /// Show what the tool understood
    Inspect {
        #[command(subcommand)]
        what: Inspect,
    },
    /// A page that shows what is in each bundle and why
    Report {
        /// What to build: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
        /// The page to write
        #[arg(long, value_name = "FILE", default_value = "bundle-report.html")]
        out: String,
        /// With --compare: as JSON
        #[arg(long)]
        json: bool,
    },
    /// Why a module, a package, a helper or an output is there
    Why {
        /// A path, the end of one, a package, or an output
        #[arg(value_name = "WHAT")]
        what: String,
        /// What to build: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
        /// Only on the page of this entry
        #[arg(long, value_name = "NAME")]
        entry: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// What is cached, here and in the shared cache
    Cache {
        #[command(subcommand)]
        what: CacheTask,
    },
    /// The long text of a diagnostic
    Explain {
        /// The code in brackets: missing-export
        code: Option<String>,
    },
    /// Print the completions of a shell: bash, zsh, fish or powershell
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: String,
    },
    /// Print the manual page
    #[command(hide = true)]
    ManualPage,
}

/// What `bundle cache` does.
#[derive(Subcommand)]
pub enum CacheTask {
    /// Show how much is cached
    Stats {
        /// What is built: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Read everything, and try whether the shared cache works
    Verify {
        /// What is built: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
    },
    /// Remove what builds of this configuration do not use
    Prune {
        /// What is built: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
    },
}

/// What `bundle inspect` shows.
#[derive(Subcommand)]
pub enum Inspect {
    /// The configuration with everything decided
    Config {
        /// What would be built: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// What Vue components are compiled to, a line of JSON each
    Vue {
        /// The components
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
        /// The version of Vue
        #[arg(long, value_name = "VERSION", default_value = "2")]
        vue: String,
        /// As JSON, which is the only form
        #[arg(long)]
        json: bool,
    },
    /// The modules and what each imports
    Graph {
        /// What to start from: paths, NAME=PATH, or names of areas
        #[arg(value_name = "ENTRY|AREA")]
        entries: Vec<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}
