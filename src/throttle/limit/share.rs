use crate::time::Span;

/// This tab's part of what all of them may do together, in proportion to what waits in each.
///
/// The tabs with something to send stand in a row, in the order of their ids, and each has the stretch between the
/// shares of those before it and itself. Tabs that have heard the same words agree on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Share {
    /// What those before it have, as a part of the whole.
    before: f64,
    /// The same with its own.
    upto: f64,
    /// How many are before it.
    pub(crate) rank: u32,
    /// How many there are.
    pub(crate) tabs: u32,
}

/// A longer queue than this does not take more from the others: one call is not to wait for the hundreds of another
/// tab.
pub(crate) const COUNTS: f64 = 8.0;

impl Share {
    /// There is nobody else.
    pub(crate) const WHOLE: Share = Share { before: 0.0, upto: 1.0, rank: 0, tabs: 1 };

    /// Of a tab with this demand, among others of whom each has a demand and is before it or not.
    pub(crate) fn among(demand: f64, others: impl Iterator<Item = (f64, bool)>) -> Share {
        let own = demand.min(COUNTS);
        let (mut before, mut after, mut rank, mut tabs) = (0.0, 0.0, 0, 1);
        for (demand, is_before) in others {
            tabs += 1;
            if is_before {
                before += demand.min(COUNTS);
                rank += 1;
            } else {
                after += demand.min(COUNTS);
            }
        }
        let whole = before + own + after;
        Share { before: before / whole, upto: (before + own) / whole, rank, tabs }
    }

    /// The part of anything that can be divided.
    pub(crate) fn own(self) -> f64 {
        self.upto - self.before
    }

    /// How many of so many requests; those of all tabs together are exactly as many.
    pub(crate) fn of(self, requests: f64) -> f64 {
        (requests * self.upto).ceil() - (requests * self.before).ceil()
    }

    /// How long until it is this tab's turn, where they take turns of such a length; no time at all if it is.
    pub(crate) fn until_turn(self, since: Span, length: Span) -> Span {
        let round = length.as_micros() * u64::from(self.tabs);
        let begins = length.as_micros() * u64::from(self.rank);
        let at = since.as_micros().checked_rem(round).unwrap_or(0);
        if at < begins {
            Span::from_micros(begins - at)
        } else if at < begins + length.as_micros() {
            Span::ZERO
        } else {
            Span::from_micros(round - at + begins)
        }
    }

    /// What to start with in an empty bucket that fills by this share, so that the tabs do not all have their first
    /// token at once, but one after the other, as tokens come in.
    pub(crate) fn head_start(self) -> f64 {
        1.0 - self.upto
    }
}
