//! The share of this tab in a limit that all tabs meet.

use crate::time::Span;

/// This tab's part of what all tabs may do together, in proportion to their demand.
///
/// The tabs with demand are ordered by id. Each owns the interval between the summed shares before it and its own.
/// Tabs that received the same messages agree on all intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Share {
    /// The sum of the shares of the tabs before this one.
    before: f64,
    /// The same with this tab's own share.
    upto: f64,
    /// The number of tabs before this one.
    pub(super) rank: u32,
    /// The number of tabs with demand, this one included.
    pub(super) tabs: u32,
}

/// A longer queue than this takes no more from other tabs: one call must not wait for hundreds of another tab.
pub(crate) const DEMAND_CAP: f64 = 8.0;

impl Share {
    /// The share of a tab without others.
    pub(crate) const WHOLE: Share = Share { before: 0.0, upto: 1.0, rank: 0, tabs: 1 };

    /// The share of a tab with this demand. Each of the `others` has a demand, and is before this tab or not.
    pub(crate) fn among(demand: f64, others: impl Iterator<Item = (f64, bool)>) -> Share {
        let own = demand.min(DEMAND_CAP);
        let (mut before, mut after, mut rank, mut tabs) = (0.0, 0.0, 0, 1);
        for (demand, is_before) in others {
            tabs += 1;
            if is_before {
                before += demand.min(DEMAND_CAP);
                rank += 1;
            } else {
                after += demand.min(DEMAND_CAP);
            }
        }
        let whole = before + own + after;
        Share { before: before / whole, upto: (before + own) / whole, rank, tabs }
    }

    /// This tab's part of 1.
    pub(super) fn own(self) -> f64 {
        self.upto - self.before
    }

    /// This tab's part of `requests`, rounded so that the parts of all tabs add up exactly.
    pub(super) fn part_of(self, requests: f64) -> f64 {
        (requests * self.upto).ceil() - (requests * self.before).ceil()
    }

    /// The time until this tab's turn, `elapsed` after the first turn began; zero during its turn.
    pub(super) fn until_turn(self, elapsed: Span, turn: Span) -> Span {
        let round = turn.as_micros() * u64::from(self.tabs);
        let begins = turn.as_micros() * u64::from(self.rank);
        let at = elapsed.as_micros().checked_rem(round).unwrap_or(0);
        if at < begins {
            Span::from_micros(begins - at)
        } else if at < begins + turn.as_micros() {
            Span::ZERO
        } else {
            Span::from_micros(round - at + begins)
        }
    }

    /// The first tokens of this tab in a bucket that was just drained. They differ among the tabs, so that the tabs get
    /// their first whole tokens one after the other.
    pub(super) fn first_tokens(self) -> f64 {
        1.0 - self.upto
    }
}
