//! What packages install beside the program: completions of shells, and the manual page.

use super::{Project, codes};

#[test]
fn completions_have_commands_flags_and_values() {
    let project = Project::new(&[]);
    for (shell, flag, value) in [
        ("bash", "--out-dir", "development production"),
        ("zsh", "--out-dir", "(development production)"),
        ("fish", "-l out-dir", "development"),
        ("powershell", "'--out-dir'", "'report'"),
    ] {
        let text = project.run_ok(&["completions", shell]).stdout;
        for word in [flag, value, "completions", "inspect", "--check-reproducible", "graph"] {
            let word = if shell == "fish" { word.trim_start_matches("--") } else { word };
            assert!(text.contains(word), "{shell}: {word}");
        }
        for hidden in ["manual-page", "on-request"] {
            assert!(!text.contains(hidden), "{shell}: {hidden}");
        }
        assert_eq!(text, project.run_ok(&["completions", &shell.to_uppercase()]).stdout);
    }
}

#[test]
fn unknown_shells_are_refused() {
    let project = Project::new(&[]);
    for (written, near) in [("fihs", "fish"), ("pwsh", "powershell"), ("Zhs", "zsh")] {
        let said = project.refuse(&["completions", written]);
        assert_eq!(codes(&said), "unknown-shell");
        assert!(said.contains(&format!("did you mean `bundle completions {near}`?")), "{said}");
    }
    let said = project.refuse(&["completions", "tcsh-like"]);
    assert!(codes(&said) == "unknown-shell" && !said.contains("did you mean"), "{said}");
    let said = project.refuse(&["completions"]);
    assert!(codes(&said) == "bad-arguments" && said.contains("the name of a shell"), "{said}");
}

/// All commands and flags that `--help` lists are on the page, and no line is a request of roff by
/// accident.
#[test]
fn the_manual_page_lists_everything() {
    let project = Project::new(&[]);
    let page = project.run_ok(&["manual-page"]).stdout;
    assert!(page.starts_with(".TH BUNDLE 1 "), "{page}");
    let help = project.run_ok(&["--help"]).stdout;
    assert!(!help.contains("manual-page"), "{help}");
    let flags = help.lines().filter_map(|line| {
        let at = line.find("--")?;
        line[..at].trim_matches([' ', ',', '-', 'h', 'V']).is_empty().then(|| &line[at..])
    });
    let flags: Vec<&str> =
        flags.map(|rest| rest.split([' ', '[', '=']).next().unwrap_or_default()).collect();
    assert!(flags.len() > 25 && flags.contains(&"--watch"), "{flags:?}");
    for flag in flags {
        let escaped = flag.replace('-', "\\-");
        assert!(
            page.lines().any(|line| line.starts_with(".B ") && line.contains(&escaped)),
            "{flag}"
        );
    }
    for command in ["build", "init", "inspect config", "inspect vue", "why", "completions"] {
        assert!(page.contains(&format!("\n.B bundle {command}")), "{command}");
    }
    let requests = ["TH", "SH", "SS", "TP", "B", "I", "RS", "RE", "br", "nf", "fi"]
        .map(|name| format!(".{name}"));
    for line in page.lines().filter(|line| line.starts_with(['.', '\''])) {
        let request = line.split(' ').next().unwrap_or_default();
        assert!(requests.iter().any(|known| known == request), "{line}");
    }
}
