use crate::throttle::advice::PauseSource;
use crate::throttle::queue::request::Pending;

/// What has failed so often without a word most likely has a reason of its own, or a quota is used up.
const MOST_OPAQUE: u32 = 6;

/// How a request was held back. It decides who may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ThrottleKind {
    /// Before it reached what is behind the gateway.
    Refused,
    /// It may have been acted on.
    Unavailable,
    /// Most likely refused: nobody may read the answer.
    Opaque,
}

impl ThrottleKind {
    pub(crate) fn may_resend<T>(self, pending: &Pending<T>) -> bool {
        pending.resend
            && match self {
                ThrottleKind::Refused => true,
                ThrottleKind::Unavailable => pending.idempotent,
                ThrottleKind::Opaque => pending.safe && pending.attempts < MOST_OPAQUE,
            }
    }

    /// What the length of a pause comes from that nobody has asked for.
    pub(crate) fn source(self) -> PauseSource {
        if self == ThrottleKind::Opaque { PauseSource::Opaque } else { PauseSource::Backoff }
    }
}
