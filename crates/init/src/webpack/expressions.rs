//! The regular expressions of a rule's `test`, `include` and `exclude` as globs. Expressions that a
//! glob cannot express, such as `\d` or a look-ahead, give none: a glob is never wider than its
//! expression.

use indexmap::IndexMap;

/// The most globs that one expression may give.
const MOST: usize = 32;

/// A piece of a path.
#[derive(Clone, PartialEq, Debug)]
enum Piece {
    /// Text of one name, as a glob has it.
    Text(String),
    /// The slash between folders.
    Slash,
    /// A part of one name: `[^/]+`.
    Part,
    /// Anything, slashes too: `.*`.
    Any,
    /// The end of the path: `$`.
    End,
    /// What no path has: the query that old patterns allow, `(\?.*)?`.
    Never,
    /// What globs do not have.
    Unknown,
}

/// One way to match an expression.
type Way = Vec<Piece>;

/// How the first name of an expression begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beginning {
    /// Anywhere in a name, as regular expressions do: `/x\.js$/` is `*x.js`.
    Anywhere,
    /// With the name, where it begins with a letter: `/x\.js$/` is `x.js`.
    OfName,
}

/// Returns the globs of an expression; `None` if globs cannot express the same.
pub fn globs(source: &str, beginning: Beginning) -> Option<Vec<String>> {
    let mut letters = Letters { rest: source };
    let ways = letters.ways()?;
    let ways: Vec<Way> = ways.into_iter().filter(|way| !way.contains(&Piece::Never)).collect();
    let mut all = Vec::new();
    for way in ways {
        for glob in globs_of(&way, beginning)? {
            let glob = match glob.strip_prefix("**/") {
                Some(name) if !name.contains('/') => name.to_owned(),
                _ => glob,
            };
            all.push(glob);
        }
    }
    (letters.rest.is_empty() && !all.is_empty()).then(|| joined(&all))
}

/// Returns the globs of one way. One that is for a part of a path alone, such as `vendor`, is for
/// folders and for files.
fn globs_of(way: &[Piece], beginning: Beginning) -> Option<Vec<String>> {
    let mut pieces = way.to_vec();
    let is_ended = pieces.last() == Some(&Piece::End);
    if is_ended {
        pieces.pop();
    }
    if pieces.is_empty() || pieces.contains(&Piece::Unknown) || pieces.contains(&Piece::End) {
        return None;
    }
    if !is_ended && !ends_with_extension(&pieces) {
        pieces.push(Piece::Any);
    }
    let begins_name = matches!(&pieces[0], Piece::Text(text)
        if text.starts_with(char::is_alphanumeric));
    let is_part = beginning == Beginning::Anywhere || !begins_name;
    if is_part && pieces[0] != Piece::Any && pieces[0] != Piece::Slash {
        pieces.insert(0, Piece::Any);
    }
    let mut globs = vec!["**/".to_owned()];
    for (at, piece) in pieces.iter().enumerate() {
        let next = pieces.get(at + 1);
        globs = globs.into_iter().flat_map(|glob| extended(&glob, piece, next)).collect();
    }
    Some(globs)
}

/// Adds a piece to a glob. `next`: the piece after it.
fn extended(glob: &str, piece: &Piece, next: Option<&Piece>) -> Vec<String> {
    let star = if glob.ends_with('*') { "" } else { "*" };
    let is_first = glob == "**/";
    match piece {
        Piece::Text(text) => vec![format!("{glob}{text}")],
        Piece::Slash if is_first => vec![glob.to_owned()],
        Piece::Slash => vec![format!("{glob}/")],
        Piece::Part => vec![format!("{glob}{star}")],
        Piece::Any if next == Some(&Piece::Slash) && is_first => vec![glob.to_owned()],
        Piece::Any if next == Some(&Piece::Slash) => vec![format!("{glob}{star}/**")],
        Piece::Any if glob.ends_with("**/") => vec![format!("{glob}*")],
        Piece::Any if glob.ends_with('/') => vec![format!("{glob}**/*")],
        Piece::Any => vec![format!("{glob}{star}"), format!("{glob}{star}/**/*")],
        Piece::End | Piece::Never | Piece::Unknown => Vec::new(),
    }
}

/// Whether an expression without `$` ends with an extension: `/\.svg/` is for names.
fn ends_with_extension(pieces: &[Piece]) -> bool {
    let texts = pieces.iter().rev().map_while(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        Piece::Slash | Piece::Part | Piece::Any | Piece::End | Piece::Never | Piece::Unknown => {
            None
        }
    });
    let mut texts: Vec<&str> = texts.collect();
    texts.reverse();
    let text = texts.concat();
    let extension = text.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
}

/// Writes globs that differ in the extension only as one: `*.{png,jpg}`.
fn joined(globs: &[String]) -> Vec<String> {
    let mut extensions: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for glob in globs {
        let dot = glob.rfind('.').filter(|dot| !glob[*dot..].contains(['/', '*']));
        let (before, extension) = glob.split_at(dot.unwrap_or(glob.len()));
        let known = extensions.entry(before).or_default();
        if !known.contains(&extension) {
            known.push(extension);
        }
    }
    let mut all = Vec::new();
    for (before, extensions) in extensions {
        let (dotted, plain): (Vec<&str>, Vec<&str>) =
            extensions.into_iter().partition(|extension| extension.len() > 1);
        all.extend(plain.iter().map(|extension| format!("{before}{extension}")));
        match dotted.as_slice() {
            [] => {}
            [one] => all.push(format!("{before}{one}")),
            many => {
                let words: Vec<&str> = many.iter().map(|extension| &extension[1..]).collect();
                all.push(format!("{before}.{{{}}}", words.join(",")));
            }
        }
    }
    all
}

/// The letters of an expression that are not read yet.
struct Letters<'a> {
    rest: &'a str,
}

impl Letters<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.rest = &self.rest[letter.len_utf8()..];
        Some(letter)
    }

    fn skip(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads alternatives up to the end of the group. `None`: there are too many, or the
    /// expression is not understood.
    fn ways(&mut self) -> Option<Vec<Way>> {
        let mut all = Vec::new();
        let mut ways: Vec<Way> = vec![Vec::new()];
        loop {
            match self.peek() {
                None | Some(')') => break,
                Some('|') => {
                    self.next();
                    all.append(&mut ways);
                    ways = vec![Vec::new()];
                }
                Some(_) => {
                    let ends = self.atom()?;
                    let both = |way: &Way| -> Vec<Way> {
                        ends.iter().map(|end| [way.as_slice(), end].concat()).collect()
                    };
                    ways = ways.iter().flat_map(both).collect();
                }
            }
            if ways.len() > MOST {
                return None;
            }
        }
        all.append(&mut ways);
        Some(all)
    }

    /// Reads one atom with its quantifier.
    fn atom(&mut self) -> Option<Vec<Way>> {
        let one = |piece| vec![vec![piece]];
        let ways = match self.next()? {
            '^' => one(Piece::Unknown),
            '$' => one(Piece::End),
            '/' => one(Piece::Slash),
            '.' if self.skip("*") || self.skip("+") => {
                self.skip("?");
                return Some(one(Piece::Any));
            }
            '\\' => one(escaped(self.next()?)),
            '[' => one(self.class()?),
            '(' => {
                let is_plain = self.skip("?:") || !self.rest.starts_with('?');
                let ways = self.ways()?;
                if !self.skip(")") {
                    return None;
                }
                if is_plain { ways } else { one(Piece::Unknown) }
            }
            '*' | '+' | '{' | '}' | ']' | '?' => return None,
            letter => one(Piece::Text(letter.to_string())),
        };
        Some(self.repeated(ways))
    }

    /// Reads `?`, `+`, `*` or `{2}` after something.
    fn repeated(&mut self, mut ways: Vec<Way>) -> Vec<Way> {
        if self.skip("?") {
            ways.insert(0, Way::new());
            return ways;
        }
        let is_plus = self.skip("+");
        if !is_plus && !self.skip("*") && !self.times() {
            return ways;
        }
        self.skip("?");
        if is_plus && ways == [[Piece::Slash]] {
            return ways;
        }
        for way in &mut ways {
            way.push(Piece::Unknown);
        }
        ways
    }

    /// Reads `{2,3}`.
    fn times(&mut self) -> bool {
        let is_there = self.skip("{");
        while is_there && self.next().is_some_and(|letter| letter != '}') {}
        is_there
    }

    /// Reads a class up to its `]`: `[\\/]` is a slash, and `[^\\/]+` a part of a name.
    fn class(&mut self) -> Option<Piece> {
        let is_negated = self.skip("^");
        let mut letters = String::new();
        let mut is_known = true;
        loop {
            match self.next()? {
                ']' => break,
                '\\' => {
                    let letter = self.next()?;
                    is_known &= !letter.is_alphanumeric();
                    letters.push(letter);
                }
                letter => letters.push(letter),
            }
        }
        let are_slashes = letters.chars().all(|letter| ['/', '\\'].contains(&letter));
        let are_plain = letters.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
        let piece = match (is_known && !letters.is_empty(), is_negated) {
            (true, true) if are_slashes => {
                let is_part = self.skip("+") || self.skip("*");
                self.skip("?");
                if is_part { Piece::Part } else { Piece::Unknown }
            }
            (true, false) if are_slashes => Piece::Slash,
            (true, false) if are_plain => Piece::Text(format!("[{letters}]")),
            (true | false, true | false) => Piece::Unknown,
        };
        Some(piece)
    }
}

fn escaped(letter: char) -> Piece {
    match letter {
        '/' | '\\' => Piece::Slash,
        '?' => Piece::Never,
        letter if letter.is_alphanumeric() || "*[]{}".contains(letter) => Piece::Unknown,
        letter => Piece::Text(letter.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_as_globs() {
        let shown = |source: &str| globs(source, Beginning::Anywhere).unwrap_or_default().join(" ");
        assert_eq!(shown(r"\.svg$"), "*.svg");
        assert_eq!(shown(r"\.svg"), "*.svg");
        assert_eq!(shown(r"\.(png|jpe?g|gif)(\?.*)?$"), "*.{png,jpg,jpeg,gif}");
        assert_eq!(shown(r"\.woff2?(\?v=\d+\.\d+\.\d+)?$"), "*.{woff,woff2}");
        assert_eq!(shown(r"\.[jt]sx?$"), "*.{[jt]s,[jt]sx}");
        assert_eq!(shown(r"\.worker\.js$"), "*.worker.js");
        assert_eq!(shown(r"legacy\.js$"), "*legacy.js");
        assert_eq!(shown(r"\.css$|\.scss$"), "*.{css,scss}");
        assert_eq!(shown(r"(a|b)\.js$"), "*a.js *b.js");
        assert_eq!(shown(r"vendor[\\/].+\.js$"), "**/*vendor/**/*.js");
        assert_eq!(shown(r"icons[\/\\][^\/\\]+\.svg$"), "**/*icons/*.svg");
        assert_eq!(shown(r"[\\/]icons[\\/].*\.svg$"), "**/icons/**/*.svg");
        assert_eq!(shown(r"/src/"), "**/src/**/*");
        assert_eq!(shown(r"vendor"), "*vendor* **/*vendor*/**/*");
    }

    #[test]
    fn names_that_begin_with_the_expression() {
        let shown = |source: &str| globs(source, Beginning::OfName).unwrap_or_default().join(" ");
        assert_eq!(shown(r"x\.js$"), "x.js");
        assert_eq!(shown(r"-x\.js$"), "*-x.js");
        assert_eq!(shown(r"vendor\/.+\.js$"), "**/vendor/**/*.js");
    }

    #[test]
    fn what_globs_cannot_say() {
        for source in
            [r"^(?!x).*\.js$", r"\d\.js$", r"[^.]+\.js$", r"a{2}\.js", "^a", "", "(a", "$"]
        {
            assert_eq!(globs(source, Beginning::Anywhere), None, "{source}");
        }
    }
}
