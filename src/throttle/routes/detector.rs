//! The detector of routes that have a limit of their own.

use crate::throttle::decision_time::DecisionTime;
use crate::throttle::routes::Route;
use crate::time::{Instant, Span};

/// Attributes throttles to the scope or to one of its routes.
///
/// If one route begins several pauses in a row while requests of other routes are admitted, the route is limited and
/// not the scope. Under one shared limit this may happen by chance. Then another route is throttled within
/// [`MISTAKE_WINDOW`] of the split: the route rejoins, and the next split takes twice as many pauses.
#[derive(Debug)]
pub(crate) struct RouteDetector {
    candidate: Option<Candidate>,
    /// Pauses in a row that a route has to begin before it is split.
    required_pauses: u32,
    /// Past and present splits: at most one for each route.
    splits: Vec<Split>,
}

/// A route that may have a limit of its own.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    route: Route,
    first_throttle: DecisionTime,
    last_throttle: Instant,
    /// Pauses in a row that it has begun.
    pauses: u32,
    /// Its own requests that were admitted since the first throttle.
    own_admitted: u32,
    /// Requests of other routes that were admitted since the first throttle.
    others_admitted: u32,
}

#[derive(Debug, Clone, Copy)]
struct Split {
    route: Route,
    since: Instant,
    is_active: bool,
}

/// `required_pauses` before the first mistake.
const INITIAL_REQUIRED_PAUSES: u32 = 2;
/// Time without a throttle after which a route is no candidate any more.
const SUSPECT_TTL: Span = Span::from_secs(300);
/// Time after a split in which a throttle of another route shows that the split was a mistake.
const MISTAKE_WINDOW: Span = Span::from_secs(10);

impl Default for RouteDetector {
    fn default() -> RouteDetector {
        RouteDetector { candidate: None, required_pauses: INITIAL_REQUIRED_PAUSES, splits: Vec::new() }
    }
}

impl RouteDetector {
    /// Whether the detector has to know the route of each request.
    pub(crate) fn needs_routes(&self) -> bool {
        self.candidate.is_some() || self.splits.iter().any(|split| split.is_active)
    }

    pub(crate) fn is_split(&self, route: Route) -> bool {
        self.splits.iter().any(|split| split.is_active && split.route == route)
    }

    pub(crate) fn rejoin(&mut self, route: Route) {
        for split in self.splits.iter_mut().filter(|split| split.route == route) {
            split.is_active = false;
        }
    }

    pub(crate) fn accepted(&mut self, route: Route, at: DecisionTime) {
        let Some(candidate) = &mut self.candidate else { return };
        if at.is_after(candidate.first_throttle) {
            let admitted = if route == candidate.route {
                &mut candidate.own_admitted
            } else {
                &mut candidate.others_admitted
            };
            *admitted += 1;
        }
    }

    /// Records a throttle, which `begins_pause` of the scope if the limit is the scope's. Returns whether the limit is
    /// the route's own. `others_wait` tells if requests of other routes are queued.
    pub(crate) fn throttled(
        &mut self,
        now: Instant,
        route: Route,
        at: DecisionTime,
        begins_pause: bool,
        others_wait: impl FnOnce() -> bool,
    ) -> bool {
        if self.is_split(route) {
            return true;
        }
        let known = self.candidate.filter(|known| known.route == route);
        let Some(mut candidate) = known.filter(|known| now.since(known.last_throttle) < SUSPECT_TTL) else {
            self.candidate = (begins_pause && route != Route::UNKNOWN).then_some(Candidate {
                route,
                first_throttle: at,
                last_throttle: now,
                pauses: 1,
                own_admitted: 0,
                others_admitted: 0,
            });
            return false;
        };
        candidate.last_throttle = now;
        candidate.pauses += u32::from(begins_pause);
        let Candidate { own_admitted, others_admitted, .. } = candidate;
        // Requests of other routes are admitted, or are queued while a request of this route probes each time.
        let others_flow = others_admitted >= own_admitted && (others_admitted > 0 || others_wait());
        let is_own_limit = candidate.pauses >= self.required_pauses && others_flow;
        self.candidate = (!is_own_limit).then_some(candidate);
        if is_own_limit {
            self.splits.retain(|split| split.route != route);
            self.splits.push(Split { route, since: now, is_active: true });
        }
        is_own_limit
    }

    /// Takes back a split that was a mistake, as the scope has met its own limit. Returns each such route once.
    pub(crate) fn take_mistake(&mut self, now: Instant) -> Option<Route> {
        let mut active = self.splits.iter_mut().filter(|split| split.is_active);
        let mistake = active.find(|split| now.since(split.since) < MISTAKE_WINDOW)?;
        mistake.is_active = false;
        self.required_pauses = self.required_pauses.saturating_mul(2);
        Some(mistake.route)
    }
}
