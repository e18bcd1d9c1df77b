//! The Composer package in `php`, by docs/php-packages.md: its files and commands, unchanged, in a
//! project of each framework. Composer installs the package from its folder. Debian has the
//! frameworks, and npm has CodeIgniter 4; CodeIgniter 3 is represented by the miniature of its
//! example. `BUNDLE_FRAMEWORKS`, a folder, adds other versions (CONTRIBUTING.md).

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::examples::Server;
use super::recipes::{self, Recipe};
use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    let mut tests: Vec<(&'static str, Test)> = vec![
        ("php-packages::syntax-of-7.2", syntax),
        ("php-packages::composer-json", composer_json),
        ("php-packages::bundle-class", class),
        ("php-packages::plain-php", || recipes::run(&PLAIN)),
        ("php-packages::twig", || recipes::run(&TWIG)),
        ("php-packages::symfony", || recipes::run(&SYMFONY)),
        ("php-packages::laravel", || recipes::run(&LARAVEL)),
        ("php-packages::laravel-commands", || commands(&LARAVEL)),
        ("php-packages::laravel-requests", || requests(&LARAVEL, LARAVEL_PAGES)),
        ("php-packages::symfony-requests", || requests(&SYMFONY, SYMFONY_PAGES)),
        ("php-packages::codeigniter-3", || recipes::run(&CODEIGNITER_3)),
        ("php-packages::codeigniter-4", || recipes::run(&CODEIGNITER_4)),
        ("php-packages::before-the-first-build", unbuilt),
    ];
    if env::var_os(FRAMEWORKS).is_some() {
        tests.extend::<[(&'static str, Test); 8]>([
            ("php-packages::other-symfony", || checked_out(&OTHER_SYMFONY)),
            ("php-packages::other-laravel", || checked_out(&OTHER_LARAVEL)),
            ("php-packages::other-laravel-commands", || commands(&OTHER_LARAVEL)),
            ("php-packages::other-laravel-requests", || requests(&OTHER_LARAVEL, LARAVEL_PAGES)),
            ("php-packages::other-symfony-requests", || requests(&OTHER_SYMFONY, SYMFONY_PAGES)),
            ("php-packages::other-codeigniter-3", || checked_out(&OTHER_CODEIGNITER_3)),
            ("php-packages::other-codeigniter-4", || checked_out(&OTHER_CODEIGNITER_4)),
            ("php-packages::other-codeigniter-4-copied", || recipes::run(&COPIED_CODEIGNITER_4)),
        ]);
    }
    tests
}

/// The folder with other versions of frameworks.
const FRAMEWORKS: &str = "BUNDLE_FRAMEWORKS";

const PLAIN: Recipe =
    Recipe { document: "php-packages.md", prepare: |project| install(project), ..recipes::PLAIN };

const TWIG: Recipe = Recipe {
    headings: &["Twig"],
    prepare: |project| {
        // In a project that Composer installs Twig for, its autoloader has it too.
        install(project)?;
        let autoloader = project.join("vendor/autoload.php");
        let text = fs::read_to_string(&autoloader).map_err(|error| error.to_string())?;
        let with = text.replacen("<?php", "<?php require_once 'Twig/autoload.php';", 1);
        recipes::write(&autoloader, &with)
    },
    ..PLAIN
};

const SYMFONY: Recipe = Recipe {
    headings: &["Symfony"],
    around: &["tests/recipes/packages/symfony"],
    root: "assets",
    out_dir: "public/scripts",
    public: "public",
    page: "events/summer",
    plain: Some(("plain", "")),
    ..PLAIN
};

const LARAVEL: Recipe = Recipe {
    document: "php-packages.md",
    headings: &["Laravel", "Laravel before 9.19: the nonce"],
    around: &["tests/recipes/laravel", "tests/recipes/packages/laravel"],
    prepare: |project| install(project),
    ..recipes::LARAVEL
};

const CODEIGNITER_3: Recipe = Recipe {
    document: "php-packages.md",
    around: &["fixtures/examples/codeigniter-admin", "tests/recipes/packages/codeigniter3"],
    plain: None,
    prepare: |project| install(project),
    ..recipes::CODEIGNITER_3
};

const CODEIGNITER_4: Recipe = Recipe {
    document: "php-packages.md",
    around: &["tests/node_modules/codeigniter4", "tests/recipes/packages/codeigniter4"],
    plain: Some(("plain", "")),
    command: "npm run build",
    prepare: |project| install(project),
    ..recipes::CODEIGNITER_4
};

const OTHER_SYMFONY: Recipe =
    Recipe { prepare: |project| with_framework(project, "symfony"), ..SYMFONY };

const OTHER_LARAVEL: Recipe = Recipe {
    headings: &["Laravel", "Laravel: the nonce"],
    prepare: |project| with_framework(project, "laravel"),
    ..LARAVEL
};

const OTHER_CODEIGNITER_3: Recipe = Recipe {
    around: &["tests/recipes/packages/codeigniter3", "tests/recipes/packages/other-codeigniter3"],
    prepare: |project| among("codeigniter3", project),
    ..CODEIGNITER_3
};

const OTHER_CODEIGNITER_4: Recipe = Recipe {
    around: &["tests/recipes/packages/codeigniter4"],
    prepare: |project| among("codeigniter4", project),
    ..CODEIGNITER_4
};

/// The code of docs/php.md, which otherwise runs in a miniature of the framework.
const COPIED_CODEIGNITER_4: Recipe = Recipe {
    around: &["tests/recipes/packages/codeigniter4"],
    prepare: |project| among("codeigniter4", project),
    ..recipes::CODEIGNITER_4
};

fn unbuilt() -> Result<(), String> {
    [&PLAIN, &TWIG, &SYMFONY, &LARAVEL, &CODEIGNITER_3, &CODEIGNITER_4]
        .into_iter()
        .try_for_each(recipes::boots)
}

fn checked_out(recipe: &Recipe) -> Result<(), String> {
    recipes::run(recipe)?;
    recipes::boots(recipe)
}

/// Every file of the package. The functions of `bundle.php` are for PHP 5.6, in php.rs.
fn syntax() -> Result<(), String> {
    let folder = work::root().join("php");
    let files: Vec<PathBuf> =
        tree::contents(&folder)?.into_keys().map(|file| folder.join(file)).collect();
    let is_php = |file: &&PathBuf| file.extension() == Some(OsStr::new("php"));
    let mut command = Command::new("node");
    command.arg(work::support("php_syntax.mjs")).arg("702").args(files.iter().filter(is_php));
    expect_success(command)
}

/// The package's composer.json is valid, and its version is the bundler's.
fn composer_json() -> Result<(), String> {
    let path = work::root().join("php/composer.json");
    let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    if !text.contains(&version) {
        return Err(format!("php/composer.json does not say {version}"));
    }
    let mut command = Command::new("composer");
    command.args(["validate", "--no-check-version", "--strict"]).arg(path);
    command.env("COMPOSER_ALLOW_SUPERUSER", "1").env("COMPOSER_NO_INTERACTION", "1");
    expect_success(command)
}

/// What the class does without any framework.
fn class() -> Result<(), String> {
    let folder = work::fresh_directory("bundle-class")?;
    let mut command = Command::new("php");
    command.arg(work::support("bundle_class.php")).arg(work::root().join("php")).arg(&folder);
    expect_success(command)?;
    work::remove(&folder);
    Ok(())
}

/// Installs the package by the commands of the document.
pub fn install(project: &Path) -> Result<(), String> {
    tree::copy(&work::root().join("php"), &project.join("packages/bundle"))?;
    let own = project.join("composer.json");
    if !own.is_file() {
        recipes::write(&own, "{}\n")?;
    }
    // Composer shall find nothing in a registry: the package needs none.
    let home = project.join("packages/composer");
    recipes::write(&home.join("config.json"), r#"{ "repositories": { "packagist.org": false } }"#)?;
    let document = recipes::document("php-packages.md")?;
    let lines = recipes::section(&document, "Install");
    for line in lines.into_iter().filter_map(|line| line.strip_prefix("    ")) {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(project).env("COMPOSER_HOME", &home);
        command.env("COMPOSER_ALLOW_SUPERUSER", "1").env("COMPOSER_NO_INTERACTION", "1");
        expect_success(command).map_err(|error| format!("{line}: {error}"))?;
    }
    Ok(())
}

/// A framework of `BUNDLE_FRAMEWORKS` instead of Debian's.
fn with_framework(project: &Path, name: &str) -> Result<(), String> {
    let autoloader = framework(name)?.join("autoload.php");
    let text = format!("<?php return require '{}';\n", autoloader.display());
    recipes::write(&project.join("framework.php"), &text)?;
    install(project)
}

/// A framework whose files are the project's own. Those of the test replace them.
fn among(name: &str, project: &Path) -> Result<(), String> {
    let own = work::fresh_directory("own")?;
    tree::copy(project, &own)?;
    tree::copy(&framework(name)?, project)?;
    tree::copy(&own, project)?;
    work::remove(&own);
    install(project)
}

fn framework(name: &str) -> Result<PathBuf, String> {
    let folder = env::var_os(FRAMEWORKS).ok_or_else(|| format!("{FRAMEWORKS} is not set"))?;
    let folder = Path::new(&folder).join(name);
    if folder.is_dir() { Ok(folder) } else { Err(format!("there is no {}", folder.display())) }
}

/// How many tags each page of one process has, and the address of the folder in them: a site at the
/// root twice, with `ASSET_URL`, with an address of its own, and with `publicPath`.
const LARAVEL_PAGES: &str = "4 /scripts/
4 /scripts/
4 https://cdn.test/x/scripts/
4 https://user@files.test/
4 /cdn/
";

/// The same at the root twice, and in a sub-folder.
const SYMFONY_PAGES: &str = "4 /scripts/\n4 /scripts/\n4 /in/a/folder/scripts/\n";

/// Several requests to one application: each page has all of its tags.
fn requests(recipe: &Recipe, pages: &str) -> Result<(), String> {
    let project = recipes::project(recipe)?;
    let config = project.join("bundle.config.json");
    let text = fs::read_to_string(&config).map_err(|error| error.to_string())?;
    recipes::write(&config, &text.replacen('{', r#"{ "publicPath": "/cdn/","#, 1))?;
    builds::bundle_or_fail(&project, &["--mode".to_owned(), "production".to_owned()])?;
    let mut command = Command::new("php");
    command.arg("requests.php").current_dir(&project);
    let ended = builds::run(command, Duration::from_mins(1))?;
    if ended.stdout != pages {
        return Err(format!("prints\n{}{}\nnot\n{pages}", ended.stdout, ended.stderr));
    }
    work::remove(&project);
    Ok(())
}

/// The commands of the document: the configuration that they publish, and both caches.
fn commands(recipe: &Recipe) -> Result<(), String> {
    let project = recipes::built(recipe, "production")?;
    let artisan = |line: &str| {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(&project);
        expect_success(command).map_err(|error| format!("{line}: {error}"))
    };
    let document = recipes::document(recipe.document)?;
    let published = recipes::section(&document, "Laravel");
    let published = published.iter().find_map(|line| line.strip_prefix("    php artisan"));
    let published = published.ok_or("the section Laravel has no command")?;
    let own = project.join("config/bundle.php");
    let nonce = fs::read_to_string(&own).ok();
    let _ = fs::remove_file(&own);
    artisan(&format!("php artisan{published}"))?;
    let text = fs::read_to_string(&own).map_err(|error| format!("{}: {error}", own.display()))?;
    // The value that the project had in this file before.
    let callable = "'App\\Http\\Middleware\\ContentSecurityPolicy@nonce'";
    if nonce.is_some() {
        let text = text.replace("'nonce' => null", &format!("'nonce' => {callable}"));
        recipes::write(&own, &text)?;
    }
    artisan("php artisan config:cache")?;
    artisan("php artisan view:cache")?;
    for cached in ["bootstrap/cache/config.php", "bootstrap/cache/packages.php"] {
        if !project.join(cached).is_file() {
            return Err(format!("there is no {cached}"));
        }
    }
    let server = Server::start(&project.join(recipe.public), &[])?;
    recipes::expect_page(&server, recipe, "production")?;
    work::remove(&project);
    Ok(())
}

fn expect_success(command: Command) -> Result<(), String> {
    let ended = builds::run(command, Duration::from_mins(2))?;
    if ended.code == Some(0) {
        return Ok(());
    }
    Err(format!("{:?}: {}{}", ended.code, ended.stdout, ended.stderr))
}
