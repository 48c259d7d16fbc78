pub(crate) mod estimator;
pub(crate) mod permit;
pub(crate) mod probing;
pub(crate) mod share;
mod tabs;
pub(crate) mod token_bucket;
pub(crate) mod window;

use crate::throttle::config::Plan;
use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::EstimateChange;
use crate::throttle::limit::estimator::RateEstimator;
use crate::throttle::limit::estimator::depletion::RefusalContext;
use crate::throttle::limit::permit::Permit;
use crate::throttle::limit::probing::ProbeSchedule;
use crate::throttle::limit::share::Share;
use crate::throttle::limit::token_bucket::TokenBucket;
use crate::throttle::limit::window::Window;
use crate::throttle::queue::attempt::Attempt;
use crate::time::{Instant, Span};

/// Lets requests out as fast as the limit allows, as far as it is known.
///
/// A scope that has met no limit is not held back. One that has, pictures the gateway's bucket: what came in during a
/// pause is spent after it, then requests leave at the rate at which tokens come in. The rate is the highest that the
/// estimator allows, and more the longer nothing speaks against it, so that a limit that rises is found. Being
/// throttled again costs one request, and makes the estimator reach twice as far.
#[derive(Debug, Clone)]
pub(crate) struct Pacer {
    plan: Option<Plan>,
    limit: Limit,
    window: Window,
    estimator: RateEstimator,
    patience: ProbeSchedule,
    /// How long the last pause was.
    paused: Span,
    /// What a round trip takes on average, in seconds.
    round_trip: f64,
    /// Whether the gateway was seen not to save up what comes in while nothing is sent.
    is_unsaving: bool,
    /// Whether the probe leaves as soon as the pause is over. Where the gateway has said when that is, it is taken at
    /// its word; a backoff of the client's own ends no sooner than there should be a token.
    is_probe_free: bool,
    /// This tab's part.
    share: Share,
    /// When the last pause ended, if there was one.
    resumed: Option<Instant>,
    /// Whether the refill of one pause admits the whole queue. Another refusal would then cost more time than it saves.
    is_nearly_done: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Limit {
    /// None was met.
    Unmet,
    /// There is one, and nothing is known of it yet.
    Unknown,
    /// Paced by the picture of the bucket.
    Known(TokenBucket),
}

/// What contradicts estimator of a shorter time shows that it was poor, and not that the limit has changed.
const ESTABLISHED: Span = Span::from_secs(8);

/// As much of it as comes in in so many seconds leaves at once, but no more than so many. Where it was a large bucket that
/// admitted so much, the rate is far lower, and more at once would be refused together.
const AHEAD: f64 = 0.4;
const AT_ONCE: f64 = 16.0;

/// How long each tab waits for those before it to probe.
const TURN: Span = Span::from_millis(250);

impl Pacer {
    pub(crate) fn new(max_in_flight: u32, plan: Option<Plan>) -> Pacer {
        Pacer {
            plan,
            limit: plan.map_or(Limit::Unmet, |plan| Limit::Known(TokenBucket::of_plan(plan))),
            window: Window::open(max_in_flight),
            estimator: RateEstimator::default(),
            patience: ProbeSchedule::default(),
            paused: Span::ZERO,
            round_trip: 0.0,
            is_unsaving: false,
            is_probe_free: true,
            share: Share::WHOLE,
            resumed: None,
            is_nearly_done: false,
        }
    }

    /// Requests a second that it paces itself to; `None` while no limit is known.
    pub(crate) fn rate(&self) -> Option<f64> {
        match &self.limit {
            Limit::Unmet | Limit::Unknown => None,
            Limit::Known(_) => Some(self.estimate()),
        }
    }

    /// Brings everything that depends on the time or on the queue up to date. To be called after each event, before
    /// [`Pacer::permit`].
    pub(crate) fn advance(&mut self, now: Instant, in_flight: u32, waiting: u32) {
        self.patience.pressed(now, waiting > 0);
        // While the window limits what is sent, the pace does not rise.
        if !self.window_allows_one(now) {
            return;
        }
        // A request that has yet to join the queue asks for a permit, too.
        let refill = self.estimate() * self.share.own() * self.paused.as_secs();
        self.is_nearly_done = f64::from(waiting.max(1)) <= refill;
        self.refill(now, in_flight);
    }

    /// Whether one more request may leave now, and if not, when.
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
            Limit::Known(bucket) if is_probe && self.is_probe_free && !bucket.is_plan() => Permit::Now,
            // Requests do not arrive as evenly as they are sent. Only at the end is that worth a margin.
            Limit::Known(bucket) if self.is_nearly_done && self.plan.is_none() => {
                bucket.permit(now, bucket.whole_rate() * self.round_trip / 2.0, is_probe)
            }
            Limit::Known(bucket) => {
                let reserve = self.estimator.stability().reserve(self.estimate());
                bucket.permit(now, reserve, is_probe)
            }
        }
    }

    /// One leaves that was permitted to.
    pub(crate) fn sent(&mut self, now: Instant) {
        self.window.sent();
        match &mut self.limit {
            Limit::Unmet => self.estimator.sent_unlimited(now),
            Limit::Unknown => {}
            Limit::Known(bucket) => bucket.take(),
        }
    }

    /// One of `in_flight` on the wire is about to come back, however it ends; `is_current` if it was sent since the
    /// last pause.
    pub(crate) fn returns(&mut self, now: Instant, in_flight: u32, is_current: bool) {
        self.refill(now, in_flight);
        if is_current {
            self.window.returned();
        }
    }

    pub(crate) fn accepted(&mut self, now: Instant, attempt: Attempt, is_current: bool) {
        let round_trip = now.since(attempt.sent_at);
        self.round_trip += (round_trip.as_secs() - self.round_trip) / 8.0;
        let at = DecisionTime::between(attempt.sent_at, now);
        self.admitted(now, at, at, is_current);
    }

    fn admitted(&mut self, now: Instant, at: DecisionTime, counted: DecisionTime, is_current: bool) {
        if is_current && self.limit == Limit::Unknown {
            self.window.feel_forward(at.round_trip());
        } else if is_current {
            self.window.widen(at.round_trip());
        }
        let is_established = self.estimator.reach(now) > ESTABLISHED;
        let finding = self.estimator.accepted(at, counted);
        if finding == EstimateChange::WindowOpened {
            let rate = self.estimate();
            self.limit = if rate.is_finite() {
                let bucket = TokenBucket::new(rate, rate.max(1.0), 0.0, now);
                Limit::Known(bucket.shared(self.share.own(), 0.0))
            } else {
                Limit::Unknown
            };
        }
        if finding != EstimateChange::Contradicted || !matches!(self.limit, Limit::Known(_)) {
            return;
        }
        let is_luck = self.estimator.stability().is_luck(self.estimator.bounds().least);
        if is_established && !self.estimator.is_lossy() && !is_luck {
            self.patience.limit_changed(now);
            self.estimator.start_over();
            self.limit = Limit::Unknown;
            self.window.narrow();
        } else {
            self.estimator.raise_most();
        }
    }

    /// A throttle that starts a pause; an `is_outage` if it may be no limit that was met.
    pub(crate) fn throttled(&mut self, now: Instant, attempt: Attempt, is_outage: bool) {
        self.window.refused(self.share);
        self.refused(DecisionTime::between(attempt.sent_at, now), is_outage);
    }

    /// When something was last refused.
    pub(crate) fn last_refused(&self) -> Option<Instant> {
        self.estimator.last_empty()
    }

    fn refused(&mut self, at: DecisionTime, is_outage: bool) {
        // Among tabs words come late, or not at all: what surprises one of them another may know.
        let is_surprise = self.share == Share::WHOLE;
        if let Limit::Known(bucket) = &self.limit
            && is_surprise
            && self.estimator.is_still_empty()
            && self.estimator.average().is_none()
            && bucket.level() > 1.0
        {
            // The probe was refused although more than one request should have come in: nothing is saved up here.
            self.is_unsaving = true;
        }
        let is_unstable = self.estimator.stability().is_unstable();
        let is_early = is_surprise
            && matches!(self.limit, Limit::Known(_))
            && self.estimator.average().is_none()
            && self.patience.is_early(at.midpoint, self.estimator.reach(at.midpoint), is_unstable);
        self.estimator.throttled(at, RefusalContext { is_early, is_outage });
        if self.limit == Limit::Unmet {
            self.limit = Limit::Unknown;
            if self.patience.is_pressed() {
                self.estimator.pressed();
            }
        }
    }

    /// A throttle that belongs to a pause that is on already.
    pub(crate) fn throttled_again(&mut self, now: Instant, attempt: Attempt) {
        self.estimator.throttled_again(DecisionTime::between(attempt.sent_at, now));
    }

    /// A pause is over that was `paused` long; `was_asked` if somebody else has set its length. So many requests of
    /// other tabs may have been admitted before it that are `unheard` of.
    pub(crate) fn resumed(
        &mut self,
        now: Instant,
        paused: Span,
        was_asked: bool,
        in_flight: u32,
        unheard: usize,
    ) {
        self.paused = paused;
        self.is_probe_free = was_asked;
        self.is_nearly_done = false;
        self.resumed = Some(now);
        self.window.shut();
        self.patience.resumed(now);
        if self.limit == Limit::Unmet {
            return;
        }
        let is_established = self.estimator.reach(now) > ESTABLISHED;
        let is_alone = self.share == Share::WHOLE;
        if self.estimator.conclude(now, unheard as f64, is_alone) == EstimateChange::Contradicted
            && is_established
        {
            self.patience.limit_changed(now);
        }
        let rate = self.estimate();
        self.limit = match self.estimator.last_empty() {
            Some(empty) if rate.is_finite() => {
                let (empty, burst) = match self.estimator.average() {
                    Some(_) => (now.before(Span::from_secs_ceil(AHEAD.min(AT_ONCE / rate))), None),
                    None => (empty, self.estimator.capacity(rate)),
                };
                let burst = burst.unwrap_or(rate.max(1.0));
                let burst = if self.is_unsaving { 1.0 } else { burst };
                let purse = match &self.limit {
                    _ if self.takes_turns() => 0.0,
                    Limit::Known(before) => before.purse_at(empty),
                    _ => self.share.head_start(),
                };
                Limit::Known(TokenBucket::new(rate, burst, 0.0, empty).shared(self.own(), purse))
            }
            // A pause that no throttle of ours has caused tells nothing about a plan.
            None if self.plan.is_some() => self.limit,
            _ => Limit::Unknown,
        };
        self.refill(now, in_flight);
    }

    /// There is a network again, after a time in which nothing was sent.
    pub(crate) fn reconnected(&mut self, now: Instant, in_flight: u32) {
        self.window.shut();
        self.patience.resumed(now);
        self.refill(now, in_flight);
    }

    /// Whether a throttle would be no surprise: there was one before, or the bucket of a plan is less than half full.
    pub(crate) fn expects_throttles(&self) -> bool {
        self.estimator.last_empty().is_some()
            || matches!(&self.limit, Limit::Known(bucket) if bucket.is_low())
    }

    fn refill(&mut self, now: Instant, in_flight: u32) {
        let (pace, own) = (self.pace(now), self.own());
        if let Limit::Known(bucket) = &mut self.limit {
            bucket.refill(now, in_flight, pace, own);
        }
    }

    fn window_allows_one(&self, now: Instant) -> bool {
        self.window.allows_one(self.share, self.probe_turn(now).is_none())
    }

    /// The moment from which this tab may probe, if it is yet to come: the tabs try one after the other.
    fn probe_turn(&self, now: Instant) -> Option<Instant> {
        let turn = self.resumed? + TURN.scaled(f64::from(self.share.rank));
        (now < turn).then_some(turn)
    }

    /// The rate that the estimator takes the limit to have, at most that of the plan; infinite if nothing is known.
    fn estimate(&self) -> f64 {
        self.estimator.regime().estimate(self.ceiling())
    }

    /// The rate of the plan, which is never exceeded.
    fn ceiling(&self) -> f64 {
        self.plan.map_or(f64::INFINITY, |plan| plan.rate)
    }

    /// Requests a second to send from now on.
    fn pace(&self, now: Instant) -> f64 {
        let regime = self.estimator.regime();
        if self.is_nearly_done {
            return regime.cautious_estimate(self.ceiling());
        }
        let interval = self.patience.interval(now, self.estimator.reach(now), regime.is_unstable());
        regime.pace(self.ceiling(), self.patience.waited(now), interval)
    }
}
