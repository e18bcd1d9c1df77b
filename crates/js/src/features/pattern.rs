//! The constructs beyond ES5 in a regular expression, found in its pattern and flags. The pattern
//! is valid: `early` has checked it.

use super::table::Feature;

/// Returns the constructs of one regular expression that some targets lack, each once.
pub(crate) fn features(pattern: &str, flags: &str) -> Vec<Feature> {
    let mut found: Vec<Feature> = flags.chars().filter_map(of_flag).collect();
    let is_unicode = flags.contains(['u', 'v']);
    let bytes = pattern.as_bytes();
    let mut names: Vec<&str> = Vec::new();
    let mut in_class = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => {
                if is_unicode && matches!(bytes.get(at + 1), Some(b'p' | b'P')) {
                    found.push(Feature::UnicodeProperty);
                }
                at += 1;
            }
            b'[' => in_class = true,
            b']' => in_class = false,
            b'(' if !in_class && bytes.get(at + 1) == Some(&b'?') => {
                let rest = &pattern[at + 2..];
                match of_group(rest) {
                    Some(Feature::NamedGroups) => {
                        let name = rest[1..].split('>').next().unwrap_or("");
                        found.push(if names.contains(&name) {
                            Feature::DuplicateGroups
                        } else {
                            Feature::NamedGroups
                        });
                        names.push(name);
                    }
                    other => found.extend(other),
                }
            }
            _ => {}
        }
        at += 1;
    }
    found.sort();
    found.dedup();
    found
}

fn of_flag(flag: char) -> Option<Feature> {
    match flag {
        'd' => Some(Feature::RegexIndices),
        's' => Some(Feature::DotAllRegex),
        'u' => Some(Feature::UnicodeRegex),
        'v' => Some(Feature::UnicodeSets),
        'y' => Some(Feature::StickyRegex),
        _ => None,
    }
}

/// Returns the construct that follows `(?`.
fn of_group(rest: &str) -> Option<Feature> {
    match rest.as_bytes() {
        [b'<', b'=' | b'!', ..] => Some(Feature::LookBehind),
        [b'<', ..] => Some(Feature::NamedGroups),
        [b':' | b'=' | b'!', ..] => None,
        _ => Some(Feature::RegexModifiers),
    }
}
