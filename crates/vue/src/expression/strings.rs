//! Blanks out the strings of an expression, and the texts of its template literals.

/// Returns the text with a space for every byte of a string, so that positions stay the same.
pub(crate) fn without_strings(text: &str) -> String {
    let mut strip = Strip {
        text: text.as_bytes(),
        at: 0,
        code: Vec::with_capacity(text.len()),
        braces: Vec::new(),
    };
    strip.run();
    // Only ASCII bytes decide, so characters are replaced or kept as a whole.
    String::from_utf8(strip.code).unwrap_or_default()
}

struct Strip<'a> {
    text: &'a [u8],
    at: usize,
    code: Vec<u8>,
    /// For every open `${ … }`, how many braces are open in it.
    braces: Vec<usize>,
}

impl Strip<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.text.get(self.at) {
            match byte {
                b'\'' | b'"' => self.string(byte),
                b'`' => self.template(),
                b'{' => {
                    self.keep(byte);
                    if let Some(open) = self.braces.last_mut() {
                        *open += 1;
                    }
                }
                b'}' if self.braces.last() == Some(&0) => {
                    self.braces.pop();
                    self.template();
                }
                b'}' => {
                    self.keep(byte);
                    if let Some(open) = self.braces.last_mut() {
                        *open -= 1;
                    }
                }
                _ => self.keep(byte),
            }
        }
    }

    fn keep(&mut self, byte: u8) {
        self.code.push(byte);
        self.at += 1;
    }

    fn skip(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at).copied()?;
        self.code.push(b' ');
        self.at += 1;
        Some(byte)
    }

    fn string(&mut self, quote: u8) {
        self.skip();
        while let Some(byte) = self.skip() {
            match byte {
                b'\\' => _ = self.skip(),
                byte if byte == quote => return,
                _ => {}
            }
        }
    }

    /// Skips the text of a template literal, from a backtick or from the end of `${ … }` to the
    /// next one or to the next `${`.
    fn template(&mut self) {
        self.skip();
        while let Some(byte) = self.skip() {
            match byte {
                b'\\' => _ = self.skip(),
                b'`' => return,
                b'$' if self.text.get(self.at) == Some(&b'{') => {
                    self.skip();
                    self.braces.push(0);
                    return;
                }
                _ => {}
            }
        }
    }
}
