//! The pacer: lets requests leave as fast as the gateway's limit allows.

mod company;
mod controller;
pub(crate) mod estimator;
mod feedback;
mod learned_bucket;
mod model;
pub(crate) mod permit;
mod plan_bucket;
mod probing;
pub(crate) mod share;
mod tabs;
mod token_bucket;
mod turns;
mod window;

use crate::throttle::config::Plan;
use crate::throttle::limit::company::Company;
use crate::throttle::limit::controller::Controller;
use crate::throttle::limit::estimator::RateEstimator;
use crate::throttle::limit::model::Limit;
use crate::throttle::limit::permit::Permit;
use crate::throttle::limit::plan_bucket::PlanBucket;
use crate::throttle::limit::probing::ProbeSchedule;
use crate::throttle::limit::share::Share;
use crate::throttle::limit::window::Window;
use crate::time::{Instant, Span};

/// Paces the requests of a scope. Until a request is refused, it holds none back.
///
/// After a refusal it models the gateway's token bucket. The refill of a pause is spent first, then requests leave at the
/// refill rate: the highest that the evidence allows. The longer nothing contradicts it, the more the pace exceeds
/// it, so that a limit that has risen is found. A refusal costs one request, and doubles the time that the
/// evidence spans.
#[derive(Debug, Clone)]
pub(crate) struct Pacer {
    plan: Option<Plan>,
    limit: Limit,
    window: Window,
    estimator: RateEstimator,
    probing: ProbeSchedule,
    controller: Controller,
    company: Company,
    /// Whether the controller has set the pace since the last pause, and not the estimator.
    is_shared: bool,
    /// The smoothed round trip, in seconds.
    round_trip: f64,
    /// Whether a probe was refused although the model held more than one token: the limiter saves none.
    saves_no_tokens: bool,
    share: Share,
    /// The last pause that has ended.
    last_pause: Option<LastPause>,
    /// Whether the refill of one pause admits the whole queue. Another refusal would then cost more time than it saves.
    is_nearly_done: bool,
}

#[derive(Debug, Clone, Copy)]
struct LastPause {
    resumed: Instant,
    length: Span,
    /// Whether the server or a person set its length. Its probe then leaves at once. After a backoff of the client's
    /// own, the probe waits until the model holds a token.
    was_requested: bool,
}

/// The delay of the probe of each tab after that of the tab before it.
const PROBE_DELAY: Span = Span::from_millis(250);

impl Pacer {
    pub(crate) fn new(max_in_flight: u32, plan: Option<Plan>) -> Pacer {
        Pacer {
            plan,
            limit: plan.map_or(Limit::Unmet, |plan| Limit::Plan(PlanBucket::new(plan))),
            window: Window::open(max_in_flight),
            estimator: RateEstimator::default(),
            probing: ProbeSchedule::default(),
            controller: Controller::default(),
            company: Company::default(),
            is_shared: false,
            round_trip: 0.0,
            saves_no_tokens: false,
            share: Share::WHOLE,
            last_pause: None,
            is_nearly_done: false,
        }
    }

    /// The estimate of the limit, in requests a second; `None` while no limit is known.
    pub(crate) fn rate(&self) -> Option<f64> {
        match &self.limit {
            Limit::Unmet | Limit::Unknown => None,
            Limit::Learned(model) if self.is_shared => Some(model.bucket.rate),
            Limit::Learned(_) | Limit::Plan(_) => Some(self.estimate()),
        }
    }

    /// Brings all that depends on the time or the queue up to date. To be called after each event, before
    /// [`Pacer::permit`].
    pub(crate) fn advance(&mut self, now: Instant, in_flight: u32, waiting: u32) {
        self.probing.set_backlogged(now, waiting > 0);
        // While the window limits what is sent, the pace does not rise. Without a limit there is no pace: most pages
        // never meet one, and should not pay for it.
        if self.limit == Limit::Unmet || !self.window_allows_one(now) {
            return;
        }
        let paused = self.last_pause.map_or(Span::ZERO, |pause| pause.length);
        let refill = self.estimate() * self.share.own() * paused.as_secs();
        // A request that has yet to join the queue needs a permit, too.
        self.is_nearly_done = f64::from(waiting.max(1)) <= refill;
        self.refill(now, in_flight);
    }

    /// Permits one request to leave, now or later.
    pub(crate) fn permit(&self, now: Instant) -> Permit {
        if !self.window_allows_one(now) {
            return self.probe_turn(now).map_or(Permit::OnceAnswered, Permit::At);
        }
        let is_probe = self.window.is_probing();
        if let Some(at) = self.next_turn(now).filter(|_| !is_probe) {
            return Permit::At(at);
        }
        match &self.limit {
            Limit::Unmet | Limit::Unknown => Permit::Now,
            Limit::Plan(model) => model.permit(now),
            Limit::Learned(model) if self.is_shared => model.permit(now, 0.0, is_probe),
            Limit::Learned(_) if is_probe && self.last_pause.is_none_or(|pause| pause.was_requested) => {
                Permit::Now
            }
            Limit::Learned(model) => {
                let reserve = if self.is_nearly_done && self.plan.is_none() {
                    // Requests arrive less evenly than they are sent. Only at the end is a margin worth its time.
                    model.bucket.rate * self.round_trip / 2.0
                } else {
                    self.estimator.reserve(self.estimate())
                };
                model.permit(now, reserve, is_probe)
            }
        }
    }

    /// Records that a permitted request has left.
    pub(crate) fn sent(&mut self, now: Instant) {
        self.window.sent();
        if self.limit == Limit::Unmet {
            self.estimator.sent_unlimited(now);
        }
        self.limit.take();
    }

    fn window_allows_one(&self, now: Instant) -> bool {
        self.window.allows_one(self.share, self.probe_turn(now).is_none())
    }

    /// The moment from which this tab may probe, if it is yet to come: the tabs probe one after the other.
    fn probe_turn(&self, now: Instant) -> Option<Instant> {
        let turn = self.last_pause?.resumed + PROBE_DELAY.scaled(f64::from(self.share.rank));
        (now < turn).then_some(turn)
    }

    fn refill(&mut self, now: Instant, in_flight: u32) {
        if self.limit == Limit::Unmet {
            return;
        }
        let (pace, share) = (self.pace(now), self.own_share());
        self.limit.refill(now, in_flight, pace, share);
    }

    /// The rate that the limit is taken to admit, at most that of the plan; infinite if nothing is known.
    fn estimate(&self) -> f64 {
        self.estimator.regime().estimate(self.ceiling())
    }

    fn ceiling(&self) -> f64 {
        self.plan.map_or(f64::INFINITY, |plan| plan.rate)
    }

    /// Whether other clients use the limit, too, and none of them is a tab of this page.
    pub(crate) fn is_in_company(&self) -> bool {
        self.plan.is_none() && self.share == Share::WHOLE && self.company.is_likely(self.estimator.regime())
    }

    /// Requests a second to send from now on.
    fn pace(&self, now: Instant) -> f64 {
        if self.is_shared {
            return self.controller.rate(self.probing.waited(now));
        }
        let regime = self.estimator.regime();
        if self.is_nearly_done {
            return regime.cautious_estimate(self.ceiling());
        }
        let interval = self.probing.interval_secs(now, self.estimator.reach(now), regime.is_unstable());
        regime.pace(self.ceiling(), self.probing.waited(now), interval)
    }
}
