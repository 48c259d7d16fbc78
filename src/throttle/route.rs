use super::moment::Moment;
use crate::time::{Instant, Span};

/// A method and a path, by a number that whoever drives the scope gives it. Usage plans limit single methods too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Route(pub u32);

impl Route {
    /// It is not known which.
    pub const UNKNOWN: Route = Route(0);
}

/// Finds out which routes have a limit of their own.
///
/// If the pauses of a scope are begun by one route again and again while the others are admitted, it is that route that
/// is limited, and not the scope. That is a guess: where all share one limit, it may be by chance that the same one is
/// refused twice. Then another is refused soon after the first is held, the guess is taken back, and next time more is
/// asked of it.
#[derive(Debug)]
pub(super) struct Routes {
    suspect: Option<Suspect>,
    /// How many pauses in a row it takes to hold a route.
    needs: u32,
    /// Those that were held. There are no more than routes that are told apart.
    held: Vec<Held>,
}

#[derive(Debug, Clone, Copy)]
struct Suspect {
    route: Route,
    /// When it was refused first, and last.
    first: Moment,
    last: Instant,
    /// Pauses that it has begun, one after the other.
    begun: u32,
    /// Requests that were admitted since, its own and those of the others.
    own: u32,
    others: u32,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    route: Route,
    since: Instant,
    is_held: bool,
}

/// Whose limit was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    Scopes,
    Routes,
}

/// How many pauses in a row it takes to hold a route, as long as none was held in error.
const NEEDS: u32 = 2;
/// A route that was not refused for so long is no suspect any more.
const FORGET: Span = Span::from_secs(300);
/// Where others are refused so soon after a route was held, it was not the route.
const SOON: Span = Span::from_secs(10);

impl Default for Routes {
    fn default() -> Routes {
        Routes { suspect: None, needs: NEEDS, held: Vec::new() }
    }
}

impl Routes {
    /// Whether it matters of which route a request is.
    pub(super) fn matter(&self) -> bool {
        self.suspect.is_some() || self.held.iter().any(|held| held.is_held)
    }

    pub(super) fn holds(&self, route: Route) -> bool {
        self.held.iter().any(|held| held.is_held && held.route == route)
    }

    pub(super) fn release(&mut self, route: Route) {
        for held in self.held.iter_mut().filter(|held| held.route == route) {
            held.is_held = false;
        }
    }

    pub(super) fn accepted(&mut self, route: Route, at: Moment) {
        if let Some(suspect) = self.suspect.as_mut().filter(|suspect| at.is_after(suspect.first)) {
            if route == suspect.route {
                suspect.own += 1;
            } else {
                suspect.others += 1;
            }
        }
    }

    /// A request was refused, which `begins_pause` of the scope if it is the scope's limit. Whose is it? `others_wait` if
    /// requests of other routes do.
    pub(super) fn refused(
        &mut self,
        now: Instant,
        route: Route,
        at: Moment,
        begins_pause: bool,
        others_wait: impl FnOnce() -> bool,
    ) -> Met {
        if self.holds(route) {
            return Met::Routes;
        }
        let known = self.suspect.filter(|known| known.route == route && now.since(known.last) < FORGET);
        let Some(mut suspect) = known else {
            let fresh = Suspect { route, first: at, last: now, begun: 1, own: 0, others: 0 };
            self.suspect = Some(fresh).filter(|_| begins_pause && route != Route::UNKNOWN);
            return Met::Scopes;
        };
        suspect.last = now;
        suspect.begun += u32::from(begins_pause);
        let known = self.held.iter_mut().find(|held| held.route == route);
        // Others are admitted, or wait to be given a chance while one and the same request probes each time.
        let has_others = suspect.others >= suspect.own && (suspect.others > 0 || others_wait());
        if suspect.begun < self.needs || !has_others {
            self.suspect = Some(suspect);
            return Met::Scopes;
        }
        self.suspect = None;
        let held = Held { route, since: now, is_held: true };
        match known {
            Some(known) => *known = held,
            None => self.held.push(held),
        }
        Met::Routes
    }

    /// The scope's own limit was met: was it wrong to hold a route? Each is told once.
    pub(super) fn take_back(&mut self, now: Instant) -> Option<Route> {
        let wrong = self.held.iter_mut().find(|held| held.is_held && now.since(held.since) < SOON)?;
        wrong.is_held = false;
        self.needs = self.needs.saturating_mul(2);
        Some(wrong.route)
    }
}
