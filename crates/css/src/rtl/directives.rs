//! Comments that control what is flipped: `/*rtl:ignore*/` between rules or declarations, and
//! `/*rtl:10px*/` in a value. <https://rtlcss.com/learn/usage-guide>

use std::ops::Range;

use super::values;

/// The text of a directive after `rtl:`.
pub struct Directive<'c>(&'c str);

/// What a directive between rules or declarations does.
pub enum Control<'c> {
    /// They stay as they are.
    Ignore(Reach),
    /// They are left out.
    Remove(Reach),
    /// `left` and `right`, `ltr` and `rtl` change places in their selectors.
    Rename(Reach),
    /// This CSS is added.
    Raw(&'c str),
}

/// How far a directive reaches.
#[derive(Clone, Copy)]
pub enum Reach {
    /// The next rule or declaration: `rtl:ignore`.
    Next,
    /// Everything that follows: `rtl:begin:ignore`.
    Begin,
    /// Up to here: `rtl:end:ignore`.
    End,
}

impl<'c> Directive<'c> {
    /// Whether it is for more than one value.
    pub fn is_for_many(&self) -> bool {
        match self.control() {
            Some(Control::Ignore(reach) | Control::Remove(reach) | Control::Rename(reach)) => {
                !matches!(reach, Reach::Next)
            }
            Some(Control::Raw(_)) => true,
            None => false,
        }
    }

    /// Returns the directive that a comment is.
    pub fn of(comment: &'c str) -> Option<Self> {
        let text = comment.strip_prefix("/*")?.strip_suffix("*/")?.trim_start();
        Some(Self(text.strip_prefix('!').unwrap_or(text).trim_start().strip_prefix("rtl:")?))
    }

    /// Returns what the directive does between rules. `None`: it is unknown, or sets options of
    /// rtlcss.
    pub fn control(&self) -> Option<Control<'c>> {
        let (reach, rest) = match self.0.split_once(':') {
            Some(("begin", rest)) => (Reach::Begin, rest),
            Some(("end", rest)) => (Reach::End, rest),
            Some(_) | None => (Reach::Next, self.0),
        };
        let (name, text) = rest.split_once(':').unwrap_or((rest, ""));
        match name.trim_end() {
            "ignore" => Some(Control::Ignore(reach)),
            "remove" => Some(Control::Remove(reach)),
            "rename" => Some(Control::Rename(reach)),
            "raw" => Some(Control::Raw(text)),
            _ => None,
        }
    }
}

/// Returns the directives in a value, at their offsets in it.
pub fn within<'d, 'c>(
    value: &Range<usize>,
    directives: &'d [(Range<usize>, Directive<'c>)],
) -> Vec<(Range<usize>, &'d Directive<'c>)> {
    let is_inside = |(at, _): &&(Range<usize>, Directive<'_>)| at.start >= value.start;
    let inside = directives.iter().filter(is_inside);
    inside.map(|(at, it)| (at.start - value.start..at.end - value.start, it)).collect()
}

/// Returns the value that directives in it state. `None`: there are none.
pub fn stated(value: &str, directives: &[(Range<usize>, &Directive<'_>)]) -> Option<String> {
    let last = directives.last()?;
    let texts = |name: &'static str| {
        let text = move |(_, it): &(_, &Directive<'_>)| {
            let text = it.0.strip_prefix(name)?;
            Some(text.strip_prefix(':').unwrap_or(text).to_owned())
        };
        directives.iter().filter_map(text).collect::<Vec<String>>()
    };
    let bare = |also: bool| {
        let mut bare = String::new();
        let mut done = 0;
        for (at, it) in directives {
            bare.push_str(&value[done..at.start]);
            let inserted = it.0.strip_prefix("insert:").filter(|_| also);
            bare.push_str(inserted.unwrap_or_default());
            done = at.end;
        }
        bare.push_str(&value[done..]);
        bare
    };
    if !texts("ignore").is_empty() {
        return Some(bare(false));
    }
    let (before, after) = (texts("prepend"), texts("append"));
    if !before.is_empty() {
        return Some(before.concat() + &bare(false));
    }
    if !after.is_empty() {
        let whole = bare(false);
        let (value, important) = values::important(&whole);
        let after: String = after.into_iter().rev().collect();
        return Some(format!("{}{after}{important}", value.trim_end()));
    }
    if !texts("insert").is_empty() {
        return Some(bare(true));
    }
    let (_, important) = values::important(value);
    let important = if values::important(last.1.0).1.is_empty() { important } else { "" };
    Some(format!("{}{important}", last.1.0))
}
