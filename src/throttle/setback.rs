use super::pause::PauseSource;
use super::request::Pending;

/// What has failed so often without a word most likely has a reason of its own, or a quota is used up.
const MOST_OPAQUE: u32 = 6;

/// How a request was held back. It decides who may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setback {
    /// Before it reached what is behind the gateway.
    Refused,
    /// It may have been acted on.
    Unavailable,
    /// Most likely refused: nobody may read the answer.
    Opaque,
}

impl Setback {
    pub(super) fn allows_resending<T>(self, pending: &Pending<T>) -> bool {
        pending.resend
            && match self {
                Setback::Refused => true,
                Setback::Unavailable => pending.idempotent,
                Setback::Opaque => pending.safe && pending.attempts < MOST_OPAQUE,
            }
    }

    /// What the length of a pause comes from that nobody has asked for.
    pub(super) fn source(self) -> PauseSource {
        if self == Setback::Opaque { PauseSource::Opaque } else { PauseSource::Backoff }
    }
}
