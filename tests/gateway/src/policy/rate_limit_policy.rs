//! All limits together, with their used parts.

use super::buckets::{Buckets, Empty};
use super::client::Client;
use super::decision::{Decision, Limit};
use super::limits::{StageLimits, UsagePlan};
use super::method::Method;
use super::quota::Usage;
use super::throttle::Throttle;
use super::time::{Instant, WallTime};
use std::collections::HashMap;
use std::hash::Hash;

/// The limits of a gateway, with the part that each client has used.
///
/// ```
/// use mock_gateway::policy::{
///     Client, Decision, Instant, Limit, Method, Rate, RateLimitPolicy, StageLimits, Throttle, UsagePlan, WallTime,
/// };
/// use std::time::Duration;
///
/// let plan = UsagePlan::new(Throttle::new("100/min".parse::<Rate>()?, 1)?);
/// let mut policy = RateLimitPolicy::new(&plan, &StageLimits::default(), WallTime::EPOCH);
/// let (client, method) = (Client::ApiKey("key-1".into()), Method::new("GET", "/items"));
///
/// let admitted = Decision::Admitted { remaining: 0, quota_remaining: None };
/// let wait = Duration::from_millis(600);
/// let throttled = Decision::Throttled { by: Limit::UsagePlan, next_token_in: Some(wait) };
/// assert_eq!(policy.evaluate(&client, &method, Instant::START), admitted);
/// assert_eq!(policy.evaluate(&client, &method, Instant::START), throttled);
/// assert_eq!(policy.evaluate(&client, &method, Instant::START + wait), admitted);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct RateLimitPolicy {
    started: WallTime,
    plan: Level<Client>,
    stage: Level<Method>,
    quota: Option<Usage>,
}

impl RateLimitPolicy {
    /// Creates a policy with full buckets. `started` is the date of [`Instant::START`], which quotas need.
    #[must_use]
    pub fn new(plan: &UsagePlan, stage: &StageLimits, started: WallTime) -> RateLimitPolicy {
        RateLimitPolicy {
            started,
            plan: Level::new(Some(plan.throttle), &plan.methods),
            stage: Level::new(stage.throttle, &stage.methods),
            quota: plan.quota.map(Usage::new),
        }
    }

    /// Decides about a client's request to this method. A request that passes has taken its tokens.
    ///
    /// The order is Amazon's: the client's bucket, its quota, the stage's bucket. A request that the quota or the
    /// stage refuses has already taken a token of its client's bucket. Only a request that passes counts against the
    /// quota.
    pub fn evaluate(&mut self, client: &Client, method: &Method, now: Instant) -> Decision {
        let remaining = match self.plan.take(method, client, now) {
            Ok(remaining) => remaining.unwrap_or(u32::MAX),
            Err(empty) => return throttled(Limit::UsagePlan, empty),
        };
        let wall = self.started + now.since_start();
        let quota_left = self.quota.as_mut().map(|quota| quota.left(client, wall));
        if quota_left == Some(0) {
            return Decision::QuotaExceeded;
        }
        if let Err(empty) = self.stage.take(method, method, now) {
            return throttled(Limit::Stage, empty);
        }
        if let Some(quota) = &mut self.quota {
            quota.count(client);
        }
        Decision::Admitted { remaining, quota_remaining: quota_left.map(|left| left - 1) }
    }

    /// Replaces the limits. A bucket whose limit stays the same keeps its tokens; all others start full. The used
    /// part of a quota is kept if the period stays the same.
    pub fn change(&mut self, plan: &UsagePlan, stage: &StageLimits) {
        self.plan.change(Some(plan.throttle), &plan.methods);
        self.stage.change(stage.throttle, &stage.methods);
        self.quota = plan.quota.map(|quota| match self.quota.take() {
            Some(usage) => usage.under(quota),
            None => Usage::new(quota),
        });
    }

    /// Decides about a request to a method that requires no key. The request counts against the stage, not against a
    /// usage plan.
    ///
    /// Returns `None` if the request passes.
    pub fn evaluate_keyless(&mut self, method: &Method, now: Instant) -> Option<Decision> {
        self.stage.take(method, method, now).err().map(|empty| throttled(Limit::Stage, empty))
    }

    /// The number of clients with a remembered bucket.
    ///
    /// These are the clients whose bucket is not full, or has been full for less than the time of a token, and at
    /// most as many again.
    #[must_use]
    pub fn remembered_clients(&self) -> usize {
        self.plan.len()
    }
}

fn throttled(by: Limit, Empty { next_token_in }: Empty) -> Decision {
    Decision::Throttled { by, next_token_in }
}

/// The buckets of a plan or a stage; some methods have their own.
#[derive(Debug)]
struct Level<K: Hash + Eq + Clone> {
    default: Option<Buckets<K>>,
    methods: HashMap<Method, Buckets<K>>,
}

impl<K: Hash + Eq + Clone> Level<K> {
    fn new(default: Option<Throttle>, methods: &HashMap<Method, Throttle>) -> Level<K> {
        let methods = methods.iter().map(|(method, throttle)| (method.clone(), Buckets::new(*throttle)));
        Level { default: default.map(Buckets::new), methods: methods.collect() }
    }

    fn change(&mut self, default: Option<Throttle>, methods: &HashMap<Method, Throttle>) {
        let kept = |buckets: Option<Buckets<K>>, throttle: Throttle| {
            buckets.filter(|buckets| buckets.throttle() == throttle).unwrap_or_else(|| Buckets::new(throttle))
        };
        self.default = default.map(|throttle| kept(self.default.take(), throttle));
        let mut before = std::mem::take(&mut self.methods);
        let methods = methods.iter().map(|(method, throttle)| {
            let buckets = before.remove(method);
            (method.clone(), kept(buckets, *throttle))
        });
        self.methods = methods.collect();
    }

    /// Takes a token, and returns the number of remaining tokens; `None` without a limit.
    fn take(&mut self, method: &Method, key: &K, now: Instant) -> Result<Option<u32>, Empty> {
        let buckets = self.methods.get_mut(method).or(self.default.as_mut());
        buckets.map(|buckets| buckets.take(key, now)).transpose()
    }

    fn len(&self) -> usize {
        self.default.iter().chain(self.methods.values()).map(Buckets::len).sum()
    }
}
