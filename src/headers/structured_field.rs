//! Structured Fields (RFC 9651), as much of them as the RateLimit fields need: lists and dictionaries of
//! items with parameters. An inner list, which neither field has, is malformed here.
//!
//! Read in one pass, without building a tree. Values stay as they are written: their first character tells
//! the type.

use super::cursor::Cursor;

/// Reads one field from left to right. `None` wherever it is malformed: then it is malformed as a whole
/// (RFC 9651 4.2).
pub(super) struct Reader<'a> {
    at: Cursor<'a>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(text: &'a str) -> Reader<'a> {
        Reader { at: Cursor::new(text.as_bytes()) }
    }

    /// Passes over the comma before the next member; false at the end of the field.
    pub(super) fn has_next(&mut self) -> Option<bool> {
        self.skip_white_space();
        if self.at.is_at_end() {
            return Some(false);
        }
        self.at.literal(b",")?;
        self.skip_white_space();
        Some(true)
    }

    /// Passes over the semicolon before the next parameter, a [`keyed`](Reader::keyed) value.
    pub(super) fn has_parameter(&mut self) -> bool {
        let has_parameter = self.at.eat(b';');
        self.skip_white_space();
        has_parameter
    }

    /// A key and its value; a key alone is the boolean true.
    pub(super) fn keyed(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        if !matches!(self.at.peek()?, b'a'..=b'z' | b'*') {
            return None;
        }
        let key =
            self.at.take_while(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'*'));
        Some((key, if self.at.eat(b'=') { self.bare_item()? } else { b"?1" }))
    }

    /// A value without its parameters. A byte sequence is not decoded: nobody looks into it, and padding bits
    /// that are not zero, as in the draft's own examples, are no reason to fail (RFC 9651 4.2.7).
    pub(super) fn bare_item(&mut self) -> Option<&'a [u8]> {
        match self.at.peek()? {
            b'"' => self.at.quoted(|byte, is_escaped| match byte {
                b'"' | b'\\' => true,
                b' '..=b'~' => !is_escaped,
                _ => false,
            }),
            // Text beyond ASCII, percent-encoded, in which a backslash escapes nothing. Never anything but a
            // comment, so that its type is all that is told of it.
            b'%' => {
                self.at.literal(b"%\"")?;
                self.at.take_while(|byte| matches!(byte, b' '..=b'~') && byte != b'"');
                self.at.literal(b"\"")?;
                Some(b"%")
            }
            // No other type has white space or one of these in it.
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

/// The value as a number, if it is an Integer that is not negative. No value that a [`Reader`] returns is
/// empty.
pub(super) fn non_negative(value: &[u8]) -> Option<u64> {
    let at = &mut Cursor::new(value);
    // No Integer has more than 15 digits (RFC 9651 3.3.1).
    let number = at.digits(value.len().min(15))?;
    if at.is_at_end() { u64::try_from(number).ok() } else { None }
}
