//! The gateway as a JavaScript class.

use crate::clock::Clock;
use crate::refusal::Refusal;
use js_sys::TypeError;
use mock_gateway::answer::{EXPOSED_HEADERS, GatewayResponse, RetryAfter};
use mock_gateway::policy::{
    ApiKeys, Check, Decision, Method, Order, Rate, RateLimitPolicy, StageLimits, Throttle, UsagePlan,
    WallTime,
};
use std::fmt::Display;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use wasm_bindgen::prelude::*;

/// A gateway without a server: a usage plan, its keys, and its used part.
#[wasm_bindgen]
pub struct Gateway {
    plan: UsagePlan,
    keys: ApiKeys,
    order: Order,
    retry_after: RetryAfter,
    /// `None` until the first request, since a test may set the date after it creates the gateway.
    running: Option<(Clock, RateLimitPolicy)>,
}

/// The address of a request that names none.
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[wasm_bindgen]
impl Gateway {
    /// Creates a gateway. `quota` is a number and a period, such as `10000/day`; `order` and `retry_after` are as in
    /// the server's flags.
    ///
    /// # Errors
    /// A TypeError that names the option.
    #[wasm_bindgen(constructor)]
    pub fn new(
        rate: f64,
        burst: u32,
        quota: Option<String>,
        api_keys: Vec<String>,
        order: &str,
        retry_after: &str,
    ) -> Result<Gateway, JsValue> {
        let rate = Rate::per_second(rate).map_err(named("plan.rate"))?;
        let mut plan = UsagePlan::new(Throttle::new(rate, burst).map_err(named("plan.burst"))?);
        plan.quota = quota.map(|quota| quota.parse().map_err(named("plan.quota"))).transpose()?;
        Ok(Gateway {
            plan,
            keys: ApiKeys::new(api_keys),
            order: order.parse().map_err(named("order"))?,
            retry_after: retry_after.parse().map_err(named("retryAfter"))?,
            running: None,
        })
    }

    /// Whether the authorizer comes before the key and the limits.
    #[wasm_bindgen(getter, js_name = authorizerFirst)]
    pub fn authorizer_first(&self) -> bool {
        matches!(self.order.checks(), [Check::Authorizer, _])
    }

    /// Checks the key and the limits for a request from this address. A malformed address counts as none.
    ///
    /// Returns `None` if the request passes.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "no reference that may be missing crosses from JavaScript"
    )]
    pub fn evaluate(
        &mut self,
        key: Option<String>,
        address: Option<String>,
        epoch_ms: f64,
    ) -> Option<Refusal> {
        let address = address.and_then(|address| address.trim().parse::<IpAddr>().ok());
        let source = address.map_or(HERE, |address| address.to_canonical());
        let Some(client) = self.keys.identify(key.as_deref(), source) else {
            return Some(Refusal::new(GatewayResponse::InvalidApiKey));
        };
        let date = date(epoch_ms);
        let plan = &self.plan;
        let (clock, policy) = self.running.get_or_insert_with(|| {
            (Clock::start(date), RateLimitPolicy::new(plan, &StageLimits::default(), date))
        });
        // The plan has no limits for single methods.
        match policy.evaluate(&client, &Method::new("ANY", "/"), clock.at(date)) {
            Decision::Admitted { .. } => None,
            Decision::QuotaExceeded => Some(Refusal::new(GatewayResponse::QuotaExceeded)),
            Decision::Throttled { next_token_in, .. } => {
                let retry_after = self.retry_after.value(next_token_in, date);
                Some(Refusal::new(GatewayResponse::Throttled).with_retry_after(retry_after))
            }
        }
    }

    /// The refusal by the authorizer.
    pub fn unauthorized(&self) -> Refusal {
        Refusal::new(GatewayResponse::Unauthorized)
    }

    /// Resets to full buckets and unused quotas.
    pub fn reset(&mut self) {
        self.running = None;
    }

    /// The value of `access-control-expose-headers` on an error.
    #[wasm_bindgen(js_name = exposedHeaders)]
    pub fn exposed_headers() -> String {
        EXPOSED_HEADERS.join(",")
    }
}

fn date(epoch_ms: f64) -> WallTime {
    // A cast saturates: before 1970 it is 1970.
    WallTime::from_epoch(Duration::from_millis(epoch_ms as u64))
}

fn named<E: Display>(option: &'static str) -> impl FnOnce(E) -> JsValue {
    move |error| TypeError::new(&format!("{option}: {error}")).into()
}
