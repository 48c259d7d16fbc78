/// What becomes of an answer or an error, as `calls.js` is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is its caller's.
    Deliver = 0,
    /// It is nobody's: its request waits to be sent again, is about to be rejected, or has ended.
    Withheld = 1,
    /// The body has to be read before anyone can tell.
    Undecided = 2,
}
