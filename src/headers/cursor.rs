//! A cursor that reads a field value byte by byte.

/// The rest of a text.
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a [u8]) -> Cursor<'a> {
        Cursor { rest: text }
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) const fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    pub(super) fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Skips `byte` if it comes next. Returns whether it did.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        self.literal(&[byte]).is_some()
    }

    /// Skips exactly these bytes.
    pub(super) fn literal(&mut self, bytes: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(bytes)?;
        Some(())
    }

    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// Takes the bytes that belong, possibly none.
    pub(super) fn take_while(&mut self, belongs: fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().take_while(|byte| belongs(**byte)).count();
        self.take(length).unwrap_or_default()
    }

    /// Takes a number of exactly `length` digits. At most 18 digits fit.
    pub(super) fn digits(&mut self, length: usize) -> Option<i64> {
        self.take(length)?.iter().try_fold(0, |number, byte| match byte {
            b'0'..=b'9' => Some(number * 10 + i64::from(byte - b'0')),
            _ => None,
        })
    }

    /// Takes a text in double quotes, and returns it with them. `allows` decides for each byte, plain or escaped by a
    /// backslash.
    pub(super) fn quoted(&mut self, allows: fn(u8, is_escaped: bool) -> bool) -> Option<&'a [u8]> {
        let start = self.rest;
        self.literal(b"\"")?;
        loop {
            let mut byte = self.next()?;
            if byte == b'"' {
                return start.get(..start.len() - self.rest.len());
            }
            let is_escaped = byte == b'\\';
            if is_escaped {
                byte = self.next()?;
            }
            if !allows(byte, is_escaped) {
                return None;
            }
        }
    }
}
