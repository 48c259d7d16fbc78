//! How a gateway is set up.

use super::access_log::AccessLog;
use super::api::{Api, Operation};
use super::authorizer::Authorizer;
use super::delay::Delay;
use super::gateway_responses::GatewayResponses;
use super::integration::Backend;
use super::source::TrustedProxies;
use super::template::Template;
use crate::answer::RetryAfter;
use crate::policy::{ApiKeys, Method, Order, ResourceError, Resources, StageLimits, UsagePlan};

/// Everything that can be told a gateway.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What each client may do.
    pub plan: UsagePlan,
    /// What all clients together may do.
    pub stage: StageLimits,
    /// The methods of its API. Where nothing is said, every resource of the backend has all methods, which ask for key
    /// and token, but for OPTIONS.
    pub api: Option<Api>,
    /// The keys it knows. With none it asks for none, and each address is a client.
    pub api_keys: ApiKeys,
    /// Who else may pass.
    pub authorizer: Authorizer,
    /// Whether the limit or the authorizer is asked first.
    pub order: Order,
    /// What `Retry-After` a throttled request is answered with.
    pub retry_after: RetryAfter,
    /// Whether answers have the fields `RateLimit` and `RateLimit-Policy`.
    pub rate_limit_fields: bool,
    /// How the answers that it makes itself are set up; all as Amazon has them, but for CORS, where nothing is said.
    pub responses: Option<GatewayResponses>,
    /// Whether those can be read from other origins, if they are set up so or not set up at all.
    pub error_cors: bool,
    /// How long every answer takes.
    pub delay: Delay,
    /// What is behind it.
    pub backend: Backend,
    /// Who is believed about the address that a request comes from.
    pub trusted_proxies: TrustedProxies,
    /// Where each answer is logged.
    pub access_log: Option<AccessLog>,
}

impl Settings {
    /// A gateway with this plan, no keys, and all else as the program has it without flags.
    #[must_use]
    pub fn new(plan: UsagePlan) -> Settings {
        Settings {
            plan,
            stage: StageLimits::default(),
            api: None,
            api_keys: ApiKeys::default(),
            authorizer: Authorizer::None,
            order: Order::default(),
            retry_after: RetryAfter::default(),
            rate_limit_fields: false,
            responses: None,
            error_cors: true,
            delay: Delay::default(),
            backend: Backend::default(),
            trusted_proxies: TrustedProxies::default(),
            access_log: None,
        }
    }

    /// Limits and answers of a template, in the place of its own.
    pub fn follow(&mut self, Template { plan, stage, api, retry_after, responses }: Template) {
        self.plan = plan;
        self.stage = stage;
        self.api = api;
        self.retry_after = retry_after;
        self.responses = responses;
    }

    /// The API's resources, or else the backend's, and those that have limits of their own.
    ///
    /// # Errors
    /// Resources that are at odds with one another.
    pub fn resources(&self) -> Result<Resources, ResourceError> {
        let limited = self.plan.methods.keys().chain(self.stage.methods.keys());
        let limited = limited.map(Method::resource);
        match &self.api {
            Some(api) => Resources::new(api.resources().chain(limited)),
            None => Resources::new(self.backend.resources().into_iter().chain(limited)),
        }
    }

    /// What a method asks of its callers; none where the API has no such method.
    pub(super) fn operation(&self, method: &Method) -> Option<&Operation> {
        match &self.api {
            Some(api) => api.operation(method),
            None if method.verb() == "OPTIONS" => Some(&Operation::PREFLIGHT),
            None => Some(&Operation::CALL),
        }
    }
}
