use crate::throttle::decision_time::DecisionTime;
use crate::throttle::routes::Route;
use crate::time::{Instant, Span};

/// Finds out which routes have a limit of their own.
///
/// If the pauses of a scope are begun by one route again and again while the others are admitted, it is that route that
/// is limited, and not the scope. That is a classification: where all share one limit, it may be by chance that the same one is
/// refused twice. Then another is refused soon after the first is held, the classification is taken back, and next time more is
/// asked of it.
#[derive(Debug)]
pub(crate) struct RouteDetector {
    candidate: Option<Candidate>,
    /// How many pauses in a row it takes to hold a route.
    needs: u32,
    /// Those that were split. There are no more than routes that are told apart.
    splits: Vec<Split>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    route: Route,
    /// When it was refused first, and last.
    first: DecisionTime,
    last: Instant,
    /// Pauses that it has begun, one after the other.
    begun: u32,
    /// Requests that were admitted since, its own and those of the others.
    own: u32,
    others: u32,
}

#[derive(Debug, Clone, Copy)]
struct Split {
    route: Route,
    since: Instant,
    is_split: bool,
}

/// Whose limit was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LimitOwner {
    Scope,
    Route,
}

/// How many pauses in a row it takes to hold a route, as long as none was held in error.
const NEEDS: u32 = 2;
/// A route that was not refused for so long is no candidate any more.
const FORGET: Span = Span::from_secs(300);
/// Where others are refused so soon after a route was held, it was not the route.
const SOON: Span = Span::from_secs(10);

impl Default for RouteDetector {
    fn default() -> RouteDetector {
        RouteDetector { candidate: None, needs: NEEDS, splits: Vec::new() }
    }
}

impl RouteDetector {
    /// Whether it matters of which route a request is.
    pub(crate) fn are_needed(&self) -> bool {
        self.candidate.is_some() || self.splits.iter().any(|split| split.is_split)
    }

    pub(crate) fn is_split(&self, route: Route) -> bool {
        self.splits.iter().any(|split| split.is_split && split.route == route)
    }

    pub(crate) fn rejoin(&mut self, route: Route) {
        for split in self.splits.iter_mut().filter(|split| split.route == route) {
            split.is_split = false;
        }
    }

    pub(crate) fn accepted(&mut self, route: Route, at: DecisionTime) {
        if let Some(candidate) = self.candidate.as_mut().filter(|candidate| at.is_after(candidate.first)) {
            if route == candidate.route {
                candidate.own += 1;
            } else {
                candidate.others += 1;
            }
        }
    }

    /// A request was refused, which `begins_pause` of the scope if it is the scope's limit. Whose is it? `others_wait` if
    /// requests of other routes do.
    pub(crate) fn refused(
        &mut self,
        now: Instant,
        route: Route,
        at: DecisionTime,
        begins_pause: bool,
        others_wait: impl FnOnce() -> bool,
    ) -> LimitOwner {
        if self.is_split(route) {
            return LimitOwner::Route;
        }
        let known = self.candidate.filter(|known| known.route == route && now.since(known.last) < FORGET);
        let Some(mut candidate) = known else {
            let fresh = Candidate { route, first: at, last: now, begun: 1, own: 0, others: 0 };
            self.candidate = Some(fresh).filter(|_| begins_pause && route != Route::UNKNOWN);
            return LimitOwner::Scope;
        };
        candidate.last = now;
        candidate.begun += u32::from(begins_pause);
        let known = self.splits.iter_mut().find(|split| split.route == route);
        // Others are admitted, or wait to be given a chance while one and the same request probes each time.
        let has_others = candidate.others >= candidate.own && (candidate.others > 0 || others_wait());
        if candidate.begun < self.needs || !has_others {
            self.candidate = Some(candidate);
            return LimitOwner::Scope;
        }
        self.candidate = None;
        let split = Split { route, since: now, is_split: true };
        match known {
            Some(known) => *known = split,
            None => self.splits.push(split),
        }
        LimitOwner::Route
    }

    /// The scope's own limit was met: was it wrong to hold a route? Each is told once.
    pub(crate) fn take_back(&mut self, now: Instant) -> Option<Route> {
        let wrong = self.splits.iter_mut().find(|split| split.is_split && now.since(split.since) < SOON)?;
        wrong.is_split = false;
        self.needs = self.needs.saturating_mul(2);
        Some(wrong.route)
    }
}
