/// What becomes of an answer, as `calls.js` is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is its caller's.
    Deliver = 0,
    /// Its request waits to be sent again.
    Requeued = 1,
    /// The body has to be read before anyone can tell.
    Undecided = 2,
}
