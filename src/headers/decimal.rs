//! Decimal numbers without floating point: `parse::<f64>` alone is larger than all of `headers`.

use crate::headers::Fields;
use crate::headers::cursor::Cursor;

/// The number one, in millionths.
pub(super) const ONE: u64 = 1_000_000;

/// Larger numbers are read as this one. As epoch milliseconds it lies in the year 2286, and in millionths it fits a `u64`.
const LARGEST: u64 = 10_000_000_000_000;

/// Returns the number in the field of this name, in millionths.
pub(super) fn number(fields: &dyn Fields, name: &'static str) -> Option<u64> {
    millionths(fields.get(name)?.as_bytes())
}

/// Reads an unsigned decimal number (`64`, `64.57`) in millionths: seconds become microseconds.
///
/// Decimal places after the sixth are ignored. A sign, an exponent, a unit, white space or a missing digit is malformed.
pub(super) fn millionths(text: &[u8]) -> Option<u64> {
    let at = &mut Cursor::new(text);
    let whole = at.take_while(|byte| byte.is_ascii_digit());
    let fraction = if at.eat(b'.') { at.take_while(|byte| byte.is_ascii_digit()) } else { b"0" };
    if whole.is_empty() || fraction.is_empty() || !at.is_at_end() {
        return None;
    }
    let mut value = ONE * whole.iter().fold(0, |value, byte| LARGEST.min(value * 10 + digit(*byte)));
    let mut unit = ONE;
    for byte in fraction {
        unit /= 10;
        value += digit(*byte) * unit;
    }
    Some(value)
}

const fn digit(byte: u8) -> u64 {
    (byte - b'0') as u64
}
