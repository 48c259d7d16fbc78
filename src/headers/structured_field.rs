//! Structured Fields (RFC 9651), the part that the RateLimit fields need: lists and dictionaries of items with parameters.
//!
//! They are read in one pass, without a tree. Values stay as written; their first character gives the type. An inner list
//! is malformed here, since neither field has any.

use crate::headers::cursor::Cursor;

/// Reads one field from left to right. Any `None` means that the whole field is malformed (RFC 9651 4.2).
pub(super) struct Reader<'a> {
    at: Cursor<'a>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(text: &'a str) -> Reader<'a> {
        Reader { at: Cursor::new(text.as_bytes()) }
    }

    /// Skips the comma before the next member. Returns false at the end of the field.
    pub(super) fn has_next(&mut self) -> Option<bool> {
        self.skip_white_space();
        if self.at.is_at_end() {
            return Some(false);
        }
        self.at.literal(b",")?;
        self.skip_white_space();
        Some(true)
    }

    /// Skips the semicolon before the next parameter, a [`keyed`](Reader::keyed) value.
    pub(super) fn has_parameter(&mut self) -> bool {
        let has_parameter = self.at.eat(b';');
        self.skip_white_space();
        has_parameter
    }

    /// Reads a key and its value. A key alone is the boolean true.
    pub(super) fn keyed(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        if !matches!(self.at.peek()?, b'a'..=b'z' | b'*') {
            return None;
        }
        let key =
            self.at.take_while(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'*'));
        Some((key, if self.at.eat(b'=') { self.bare_item()? } else { b"?1" }))
    }

    /// Reads a value without its parameters. A byte sequence is not decoded, so padding bits may be anything but zero, as
    /// in the draft's own examples (RFC 9651 4.2.7).
    pub(super) fn bare_item(&mut self) -> Option<&'a [u8]> {
        match self.at.peek()? {
            b'"' => self.at.quoted(|byte, is_escaped| match byte {
                b'"' | b'\\' => true,
                b' '..=b'~' => !is_escaped,
                _ => false,
            }),
            // A Display String is percent-encoded, and a backslash escapes nothing. It is never more than a comment, so
            // only its type is returned.
            b'%' => {
                self.at.literal(b"%\"")?;
                self.at.take_while(|byte| matches!(byte, b' '..=b'~') && byte != b'"');
                self.at.literal(b"\"")?;
                Some(b"%")
            }
            // No other type contains white space or one of these characters.
            _ => {
                let text =
                    self.at.take_while(|byte| matches!(byte, b'!'..=b'~') && !b"\"(),;".contains(&byte));
                (!text.is_empty()).then_some(text)
            }
        }
    }

    fn skip_white_space(&mut self) {
        self.at.take_while(|byte| matches!(byte, b' ' | b'\t'));
    }
}

/// Returns the number if the value is an Integer that is not negative. A [`Reader`] returns no empty value.
pub(super) fn non_negative(value: &[u8]) -> Option<u64> {
    let at = &mut Cursor::new(value);
    // No Integer has more than 15 digits (RFC 9651 3.3.1).
    let number = at.digits(value.len().min(15))?;
    if at.is_at_end() { u64::try_from(number).ok() } else { None }
}
