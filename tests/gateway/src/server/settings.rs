//! The settings of a gateway.

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

/// The settings of a gateway.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The limits of each client.
    pub plan: UsagePlan,
    /// The limits of all clients together.
    pub stage: StageLimits,
    /// The methods of the API. If `None`, each resource of the backend has all methods, which require key and token,
    /// except OPTIONS.
    pub api: Option<Api>,
    /// The known keys. Without keys none is required, and each address is a client.
    pub api_keys: ApiKeys,
    /// The check of the header `Authorization`.
    pub authorizer: Authorizer,
    /// The order of the limits and the authorizer.
    pub order: Order,
    /// The kind of `Retry-After` on a throttled request.
    pub retry_after: RetryAfter,
    /// Whether answers have the fields `RateLimit` and `RateLimit-Policy`.
    pub rate_limit_fields: bool,
    /// The configuration of the gateway's own answers. If `None`, they are Amazon's defaults, with CORS headers.
    pub responses: Option<GatewayResponses>,
    /// Whether other origins may read those answers, if the configuration allows it or is absent.
    pub error_cors: bool,
    /// The delay of every answer.
    pub delay: Delay,
    /// The backend.
    pub backend: Backend,
    /// The proxies that are trusted about a request's address.
    pub trusted_proxies: TrustedProxies,
    /// The access log.
    pub access_log: Option<AccessLog>,
}

impl Settings {
    /// A gateway with this plan and no keys. All other settings are the program's defaults.
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

    /// Replaces the limits and answers by those of a template.
    pub fn follow(&mut self, Template { plan, stage, api, retry_after, responses }: Template) {
        self.plan = plan;
        self.stage = stage;
        self.api = api;
        self.retry_after = retry_after;
        self.responses = responses;
    }

    /// The resources of the API, or else of the backend, and the resources with limits of their own.
    ///
    /// # Errors
    /// Two resources are ambiguous.
    pub fn resources(&self) -> Result<Resources, ResourceError> {
        let limited = self.plan.methods.keys().chain(self.stage.methods.keys());
        let limited = limited.map(Method::resource);
        match &self.api {
            Some(api) => Resources::new(api.resources().chain(limited)),
            None => Resources::new(self.backend.resources().into_iter().chain(limited)),
        }
    }

    /// The requirements of a method; `None` if the API has no such method.
    pub(super) fn operation(&self, method: &Method) -> Option<&Operation> {
        match &self.api {
            Some(api) => api.operation(method),
            None if method.verb() == "OPTIONS" => Some(&Operation::PREFLIGHT),
            None => Some(&Operation::CALL),
        }
    }
}
