// What the commands of the documents do, by page; `ANYWHERE` has those of several pages. A command
// runs in a project of projects.mjs, or a reason says why it does not. For commands.mjs.

/** A command that succeeds in a project. `more`: what it prints, writes; what is run for it. */
const runs = (project, more = {}) => ({ project, exit: 0, ...more });

/** A command that fails with a diagnostic. */
const fails = (project, code, more = {}) => ({ project, exit: 1, prints: [`[${code}]`], ...more });

/** A command that goes on until it has printed something. */
const watches = (project, until) => ({ project, until });

/** A command that is not run. */
const not = (reason) => ({ reason });

const NETWORK = "it downloads from a package registry";
const SERVER = "a server that does not end; support/guides.rs opens pages behind it";
const LINT = "support/lint.rs runs it with four versions of ESLint";
const HOME = "it writes into the user's folder; tests/cli/packaged.rs runs the command alone";
const SYSTEM = "it changes the machine";

/** Commands of the design pages. */
const DEVELOPMENT =
  "bundle cart.js list.js --splitting --mode development --format esm --target esnext " +
  "--sourcemap=none --no-config --out-dir dist";
const PRODUCTION =
  "bundle one.js two.js three.js --splitting --format esm --target esnext --no-minify " +
  "--no-config --out-dir dist";

export const ANYWHERE = {
  "bundle --help": runs("empty", { prints: ["[ENTRY|AREA]"] }),
  "bundle --version": runs("empty", { prints: ["bundle "] }),
  "bundle --watch": watches("usual", "watching"),
  "bundle completions": fails("empty", "bad-arguments"),
  "bundle completions SHELL": runs("empty", {
    as: "bundle completions fish",
    prints: ["complete -c bundle"],
  }),
  "bundle cache stats": runs("usual", { prints: ["node_modules/.cache/bundle"] }),
  "bundle cache verify": runs("usual"),
  "bundle cache prune": runs("usual"),
  "bundle --lint": not(LINT),
  "bundle explain": runs("empty", { prints: ["missing-export"] }),
  "bundle init": runs("mix", {
    prints: ["wrote: bundle.config.json"],
    writes: ["bundle.config.json"],
  }),
  "npx bundle init": runs("mix", { writes: ["bundle.config.json"] }),
  "npx bundle": runs("usual", { writes: ["dist/cart.js", "dist/list.js"] }),
  "bundle inspect graph": runs("usual", { prints: ["src/trade/money.js"] }),
  "bundle report": runs("usual", { prints: ["report"] }),
  "bundle why": fails("usual", "bad-arguments"),
  "php -S": not(SERVER),
  "npm i core-js": not(NETWORK),
};

export const PAGES = {
  "README.md": {
    "cargo build --release": not("the binary under test was built so"),
    "cargo install --path . --locked": not("it compiles all anew"),
    "npm install --save-dev path/to/target/npm/*.tgz": not("tests/npm installs these packages"),
    "php -S 127.0.0.1:8080": not(SERVER),
    "cargo run -- --config fixtures/examples/codeigniter-admin/bundle.config.json": {
      repository: ["fixtures/examples/codeigniter-admin"],
      exit: 0,
      as: "bundle --config fixtures/examples/codeigniter-admin/bundle.config.json",
      writes: ["orders.js", "orders.css", "account/settings.js"].map(
        (file) => `fixtures/examples/codeigniter-admin/application/scripts/${file}`,
      ),
    },
    "cd fixtures/examples/codeigniter-admin && php -S 127.0.0.1:8080 index.php": not(SERVER),
    "bundle src/main.js --out-file public/main.js": runs("usual", { writes: ["public/main.js"] }),
    'bundle src/main.js --out-dir public --target "ie >= 11"': runs("usual", {
      writes: ["public/main.js"],
    }),
    "bundle --config bundle.config.json": runs("usual", { writes: ["dist/cart.js"] }),
    "bundle inspect vue src/App.vue": runs("usual", { prints: ["staticRenderFns", "Hello"] }),
    "bundle why lodash": runs("usual", { prints: ["src/trade/money.js"] }),
    "bundle explain missing-export": runs("empty", { prints: ["missing-export"] }),
    "bundle completions bash": runs("empty", { prints: ["complete -F _bundle"] }),
  },
  "CONTRIBUTING.md": {
    "cargo build": not("the binary under test was built so"),
    "cargo test -p bundle_graph": { files: ["crates/graph/Cargo.toml"] },
    "cargo test --test cli": { files: ["tests/cli.rs"] },
    "node tests/release/run.mjs target/release-files /tmp/trial": {
      files: ["tests/release/run.mjs"],
    },
    "node tests/stores/run.mjs target/release/bundle /tmp/stores": {
      files: ["tests/stores/run.mjs"],
    },
    "bundle why WHAT": runs("usual", { as: "bundle why money.js", prints: ["src/cart.js"] }),
    "npm ci --prefix site": not(NETWORK),
    "node site/build.mjs target/debug/bundle target/site": not("this test is for what it writes"),
    "node tests/site/run.mjs . target/site target/site-pictures": { files: ["tests/site/run.mjs"] },
    "node tests/site/commands.mjs . target/debug/bundle target/site-commands": {
      files: ["tests/site/commands.mjs"],
    },
  },
  "php/README.md": {
    "composer config repositories.bundle path packages/bundle": not(
      "support/php_packages.rs runs it",
    ),
    "composer require bundle/bundle": not("support/php_packages.rs runs it"),
    "php artisan vendor:publish --tag=bundle-config": not("it needs the whole of Laravel"),
  },
  "npm/bundle/README.md": {
    "npm install --save-dev bundle": not("tests/npm installs the packed package"),
    "npx bundle --help": runs("empty", { prints: ["[ENTRY|AREA]"] }),
  },
  "docs/playground.md": {
    "node npm/playground/build.mjs BINARY PACKAGE OUT": {
      files: ["npm/playground/build.mjs"],
    },
    "node tests/playground/run.mjs REPOSITORY BINARY SITE SCRATCH [FILTER]": {
      files: ["tests/playground/run.mjs"],
    },
  },
  "docs/areas.md": {
    "bundle src/main.js src/admin/users.js": runs("usual", {
      writes: ["dist/main.js", "dist/users.js"],
    }),
    'bundle "src/pages/*/index.js"': runs("usual", { writes: ["dist/cart.js", "dist/list.js"] }),
  },
  "docs/config.md": {
    "bundle inspect config [ENTRY…] [--json]": runs("usual", {
      as: "bundle inspect config cart --json",
      prints: ['"target"'],
    }),
  },
  "docs/running.md": {
    "bundle completions bash > ~/.local/share/bash-completion/completions/bundle": not(HOME),
    "bundle completions zsh > DIR/_bundle": not(HOME),
    "bundle completions fish > ~/.config/fish/completions/bundle.fish": not(HOME),
    "bundle completions powershell >> $PROFILE": not(HOME),
  },
  "docs/diagnostics.md": {
    "bundle explain CODE": runs("empty", {
      as: "bundle explain over-budget",
      prints: ["over-budget"],
    }),
    "kill 1234": not("support/watch_accidents.rs ends watchers"),
    "bundle inspect grph": fails("usual", "unknown-command"),
    "bundle COMMAND --help": runs("empty", { as: "bundle init --help", prints: ["--force"] }),
    "bundle src/main.js --define 'API_HOST=\"https://api.example.com\"'": runs("usual"),
    "bundle src/main.js --external my-lib=my-lib": fails("usual", "bad-global"),
    "bundle src/main.js --external my-lib=myLib": runs("usual"),
    "bundle src/main.js --external jquery='window.$'": runs("usual"),
    "bundle build --metafile meta.json": runs("usual", { writes: ["meta.json"] }),
    "bundle report --compare meta.json": fails("usual", "bad-metafile"),
    "bundle build --metafile FILE": runs("usual", {
      as: "bundle build --metafile meta.json && bundle report --compare meta.json",
      writes: ["meta.json"],
    }),
    "bundle src/main.js --target es4": fails("usual", "bad-target"),
    "bundle init --force": runs("configured", { prints: ["wrote: bundle.config.json"] }),
    "npm install": not(NETWORK),
    "bundle src/main.js ./src/main.js": fails("usual", "duplicate-entry"),
    "bundle a=src/main.js b=src/main.js": runs("usual", { writes: ["dist/a.js", "dist/b.js"] }),
    "bundle app=src/main.js app=src/admin.js": fails("usual", "duplicate-output"),
    'bundle "src/pages/*.jsx"': fails("usual", "empty-glob"),
    "bundle src": fails("usual", "entry-is-directory"),
    "bundle src/main.js --splitting=true": fails("usual", "flag-with-value"),
    "bundle src/main.js --target": fails("usual", "flag-without-value"),
    "npm install --save-dev eslint": not(NETWORK),
    "bundle src/main.js --alias @=./src": runs("usual"),
    "bundle src/mian.js": fails("usual", "missing-entry"),
    "npm install --include=optional": not(NETWORK),
    "bundle src/main.js --out-dir dist": runs("usual", { writes: ["dist/main.js"] }),
    "npm install path-browserify": not(NETWORK),
    "bundle src/main.js --alias @=./src --define DEBUG=false": runs("usual"),
    "iconv -f EUC-KR -t UTF-8 old.js > new.js": runs("usual", { writes: ["new.js"] }),
    "bundle src/a.js src/b.js --out-dir dist": runs("usual", {
      writes: ["dist/a.js", "dist/b.js"],
    }),
    "bundle src/main.js --out-file dist": fails("usual", "output-is-directory", {
      as: "mkdir dist && bundle src/main.js --out-file dist",
    }),
    "bundle src/main.js --out-dir src": fails("usual", "output-overwrites-input"),
    "bundle build --compare meta.json": runs("usual", {
      as: "bundle build --metafile meta.json && bundle build --compare meta.json",
    }),
    "bundle why MODULE --entry ENTRY": runs("usual", { as: "bundle why money.js --entry cart" }),
    "bundle old.js --format esm": fails("usual", "sloppy-in-module"),
    "bundle inspect --help": runs("empty", { prints: ["graph"] }),
    "bundle why --entry NAME": fails("usual", "unknown-entry", {
      as: "bundle why money.js --entry crt",
    }),
    "bundle why src/trade/money.js": runs("usual", { prints: ["src/cart.js"] }),
    "bundle why money.js": runs("usual", { prints: ["src/cart.js"] }),
    "bundle why lodash-es": runs("usual", { prints: ["src/trade/money.js"] }),
    "bundle why dist/chunks/shared~cart+list.js": runs("usual", { prints: ["src/trade/money.js"] }),
    "bundle why runtime/helpers": runs("usual", { prints: ["src/trade/money.js"] }),
    "bundle src/main.js --format umd": fails("usual", "unknown-value"),
    "bundle explain | head": runs("empty", { prints: ["The command line"] }),
    "npm install vue@2.7": not(NETWORK),
    "sudo sysctl fs.inotify.max_user_watches=524288": not(SYSTEM),
    "sudo sysctl fs.inotify.max_user_instances=1024": not(SYSTEM),
  },
  "docs/init.md": {
    "npx bundle init": runs("mix"),
    "node --experimental-vm-modules tests/init/own.mjs": { files: ["tests/init/own.mjs"] },
  },
  "docs/projects.md": {
    "node tests/projects/run.mjs target/release/bundle FOLDER": {
      files: ["tests/projects/run.mjs"],
    },
    "node tests/projects/run.mjs target/release/bundle FOLDER telescope,canvas --own": {
      files: ["tests/projects/run.mjs", "tests/projects/list"],
    },
  },
  "docs/reports.md": {
    "bundle why WHAT [--entry NAME] [--json]": runs("usual", {
      as: "bundle why money.js --entry cart --json",
      prints: ["src/cart.js"],
    }),
    "bundle report [--out FILE]": runs("usual", {
      as: "bundle report --out page.html",
      writes: ["page.html"],
    }),
    "bundle report --compare FILE [--json]": runs("usual", {
      as: "bundle --metafile meta.json && bundle report --compare meta.json --json",
    }),
    "bundle --sizes": runs("usual", { prints: ["gzip", "brotli"] }),
  },
  "docs/splitting.md": {
    "bundle why dist/chunks/shared~events+trade.js": runs("usual", { prints: ["src/name.js"] }),
  },
  "docs/vue.md": {
    "bundle inspect vue FILE…": runs("usual", {
      as: "bundle inspect vue src/App.vue --mode production",
      prints: ["staticRenderFns"],
    }),
  },
  "docs/design/cache.md": {
    "bundle --log-format json": runs("single", { prints: ['"counts"', '"restored"'] }),
  },
  "docs/design/chunk-assignment.md": {
    "bundle inspect graph": runs("assignment", {
      as: DEVELOPMENT.replace("bundle", "bundle inspect graph"),
      prints: [
        "in dist/chunks/shared~cart+gallery.js: exactly these need it: cart, import() of gallery.js",
      ],
    }),
    [DEVELOPMENT]: runs("assignment", {
      shows: ["cart.js", "list.js", "chunks/shared~cart+gallery.js"],
      writes: ["dist/chunks/shared~cart+list.js", "dist/chunks/gallery.js"],
    }),
  },
  "docs/design/chunk-merging.md": {
    "bundle inspect graph": runs("merging", {
      as: PRODUCTION.replace("bundle", "bundle inspect graph"),
      prints: [
        "exactly these need it: one, two; three loads it too: one request for what they share",
      ],
    }),
    [PRODUCTION]: runs("merging", { shows: ["chunks/shared~one+two+three.js"] }),
  },
  "docs/design/execution-order.md": {
    [DEVELOPMENT]: runs("order", { shows: ["chunks/shared~cart+list.js"] }),
  },
  "docs/design/rebuilds.md": {
    "bundle --watch --log-format json": watches("single", '"counts"'),
  },
  "docs/design/slots-and-renaming.md": {
    "bundle src/main.js --out-dir out --no-minify --target es2017": runs("renaming", {
      below: "out/main.js",
    }),
  },
  "docs/design/source-maps.md": {
    "bundle src/main.ts --out-dir out --no-minify --sourcemap --target es2017": runs("maps", {
      writes: ["out/main.js", "out/main.js.map"],
    }),
  },
  "docs/design/verifying.md": {
    "cargo test -p bundle_js syntax_check": { files: ["crates/js/Cargo.toml"] },
  },
  "docs/guides/README.md": {
    "npx bundle --out-dir /tmp/tried": runs("usual", {
      as: "npx bundle --out-dir ../tried && test -f ../tried/cart.js",
    }),
  },
};

/** Flags in the documents that are those of other programs. */
export const FLAGS_OF_OTHERS = {
  "--omit": "npm",
  "--own": "tests/projects/run.mjs",
  "--bless": "cargo xtask",
  "--modern": "Vue CLI",
  "--outfile": "esbuild: the page says what it is here",
  "--outdir": "esbuild: the page says what it is here",
  "--bundle": "esbuild: the page says that it is not needed",
};

/** Sections with JSON that is no right configuration, by page. */
export const NO_CONFIGURATION = {
  "docs/targets.md": { Globals: "a part of the metafile" },
  "docs/diagnostics.md": {
    "bad-size": "the unit is wrong on purpose",
    "broken-json": "a comma is missing on purpose",
  },
};
