//! `bundle explain`: the long explanation of a diagnostic code, or the list of all codes by
//! group.

use bundle_base::{Diagnostics, diagnostic::nearest};

use bundle_report::explanations::sections;

use crate::{messages, report};

/// The groups of the list, each with its codes. All other codes are about Vue components.
const GROUPS: &[(&str, &str)] = &[
    (
        "The command line",
        "already-watched bad-arguments bad-jobs bad-metafile bad-working-directory config-exists \
         damaged-cache \
         flag-with-value flag-without-value internal-error lint lint-failed lint-missing \
         native-only not-a-pair \
         not-in-output not-reproducible not-written nothing-built nothing-to-read over-budget \
         shared-cache \
         preprocess \
         rebuild-differs unknown-code unknown-command unknown-entry unknown-flag unknown-module \
         unknown-shell unprintable \
         watch-polls written-again",
    ),
    (
        "The configuration",
        "area-without-entry bad-asset-names bad-cache-address bad-cache-domain bad-define \
         bad-extension bad-glob bad-global \
         bad-module-names bad-name bad-origin bad-output-name bad-pattern bad-public-path \
         bad-size bad-target broken-json budget-without-entry chunk-without-maps claimed-twice \
         config-needs-node config-script config-type duplicate-entry duplicate-key \
         duplicate-output empty-entry empty-glob empty-value entry-is-directory entry-not-a-file \
         exact-name missing-config missing-entry missing-load-path missing-root missing-template \
         missing-tsconfig no-entry nothing-to-copy not-supported out-file-and-dir \
         out-file-for-many output-is-directory output-overwrites-input packages-without-shared \
         polyfill-not-installed registry-without-page shared-in-a-cycle shared-merged \
         shared-needs-private shared-without-splitting splitting-with-mix styles-without-page \
         template-expression tsconfig-circle unknown-key unknown-page-entry unknown-value \
         unread-config unused-rule vue-copies vue-version",
    ),
    (
        "Finding modules",
        "alias-circle bad-data-url broken-package dead-link directory-without-index \
         empty-specifier link-loop loader-syntax missing-alias missing-asset missing-directory \
         missing-file missing-import missing-package no-loader node-builtin node-global \
         not-a-file not-a-module-name not-exported not-utf8 package-without-entry \
         path-without-dot specifier-too-long specifier-with-nul stimulus-controllers \
         unreadable-file unresolved url-import wrong-case yarn-pnp",
    ),
    (
        "Imports and exports",
        "ambiguous-export attribute-mismatch circular-export dynamic-require dynamic-worker \
         empty-context external-in-worker external-worker missing-export missing-global \
         missing-member open-glob read-before-initialisation require-of-async top-level-await \
         wasm-at-run-time worker-not-bundled",
    ),
    (
        "JavaScript and TypeScript",
        "assign-to-constant bigint-at-run-time declared-twice direct-eval exceeds-target \
         exported-twice exports-in-module import-assigned invalid-json invalid-regexp \
         jsx-directive-value \
         jsx-fragment merge-conflict misplaced-jump misplaced-super nested-too-deeply \
         reserved-word sloppy-in-module strict-mode syntax-error undeclared-export \
         undeclared-private-name undefined-label",
    ),
    (
        "Stylesheets",
        "bad-css composes css-error css-value missing-style sass-deprecated sass-error \
         sass-recursion sass-volatile sass-warn style-import-circle style-import-loop \
         style-order style-syntax too-many-sheets unsupported-css",
    ),
    (
        "Images and other files",
        "asset-name-taken bad-asset-extension bad-svg bad-wasm duplicate-symbol injected-address \
         input-map-broken \
         input-map-missing input-map-too-large input-map-wrong large-asset not-copied private-file",
    ),
    (
        "Plugins, PostCSS and Babel",
        "babel-failed babel-needs-node missing-tool-config plugin-ended plugin-failed \
         plugin-not-loaded plugin-timeout plugin-warning plugins-need-node postcss-failed \
         postcss-needs-node postcss-warning unsupported-hook",
    ),
];
/// The title for codes that are in no group.
const REST: &str = "Components of Vue";

/// Prints the explanation of a code, or the list of all codes.
pub fn run(code: Option<&str>) -> Result<(), Diagnostics> {
    let sections = sections();
    let Some(code) = code else {
        return report::answer(&list(&sections));
    };
    // The code may be given as a diagnostic prints it, `error[missing-export]`, or alone.
    let bare = code.rsplit('[').next().unwrap_or(code).trim_end_matches([']', ':']);
    if let Some((_, text)) = sections.iter().find(|(known, _)| *known == bare) {
        return report::answer(&format!("{bare}\n\n{}\n", text.trim()));
    }
    let mut log = Diagnostics::new();
    log.push(messages::unknown_code(bare, nearest(bare, sections.iter().map(|(code, _)| *code))));
    Err(log)
}

/// Returns all codes by group, each with the first sentence of its explanation.
fn list(sections: &[(&str, &str)]) -> String {
    let group_of = |code: &str| {
        let contains = |codes: &str| codes.split(' ').any(|of_group| of_group == code);
        GROUPS.iter().find(|(_, codes)| contains(codes)).map_or(REST, |(group, _)| *group)
    };
    let groups = GROUPS.iter().map(|(group, _)| *group).chain([REST]);
    let listed = groups.map(|group| {
        let own = sections.iter().filter(|(code, _)| group_of(code) == group);
        let lines: Vec<String> =
            own.map(|(code, text)| format!("  {code:30} {}\n", first_sentence(text))).collect();
        format!("{group}\n{}", lines.concat())
    });
    format!(
        "{}\n`bundle explain CODE` says more about one of them.\n",
        listed.collect::<Vec<_>>().join("\n")
    )
}

fn first_sentence(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default().replace('\n', " ");
    paragraph.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bundle_report::explanations::codes;

    #[test]
    fn every_code_of_a_group_is_explained_and_in_no_other_group() {
        let grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, codes)| codes.split(' ')).collect();
        for (at, code) in grouped.iter().enumerate() {
            assert!(codes().any(|known| known == *code), "{code}");
            assert!(!grouped[..at].contains(code), "{code} is in two groups");
        }
    }

    #[test]
    fn every_section_has_text() {
        let sections = sections();
        assert!(sections.len() > 20);
        for (code, text) in sections {
            assert!(text.trim().len() > 40, "{code}");
            assert!(!code.contains(' '), "{code}");
        }
    }
}
