//! The command-line flags.

use crate::{files, key_set};
use clap::Parser;
use ipnet::IpNet;
use mock_gateway::answer::RetryAfter;
use mock_gateway::policy::{
    ApiKeys, Method, MethodError, Order, Quota, Rate, StageLimits, Throttle, ThrottleTextError, UsagePlan,
};
use mock_gateway::server::{Authorizer, Backend, Delay, Settings, Template, TrustedProxies, Upstream};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use tracing::level_filters::LevelFilter;

/// A server that throttles as Amazon API Gateway does.
#[derive(Debug, Parser)]
#[command(name = "mock-gateway", version, args_override_self = true)]
pub(crate) struct Cli {
    /// A CloudFormation template that sets methods, limits, Retry-After and CORS, unless a flag does
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// The stage of the template, with its usage plan [default: the first of each]
    #[arg(long, value_name = "NAME", requires = "template")]
    pub(crate) stage: Option<String>,
    /// The refill rate of a client's bucket: 100/min, 1.6667/s, 5000/hour [default: 100/min]
    #[arg(long)]
    rate: Option<Rate>,
    /// The capacity of a client's bucket in tokens [default: 200]
    #[arg(long)]
    burst: Option<u32>,
    /// The requests that a client may make in a day, week or month: 10000/day
    #[arg(long, value_name = "LIMIT")]
    quota: Option<Quota>,
    /// A method with a bucket of its own for each client: 'GET /api/v1/resource/{id}=10/s,20'; may be repeated
    #[arg(long = "method-limit", value_name = "METHOD=LIMIT", value_parser = method_limit)]
    method_limits: Vec<(Method, Throttle)>,
    /// The bucket of each method, shared by all clients and counting preflights: 100/s,50
    #[arg(long, value_name = "LIMIT")]
    stage_limit: Option<Throttle>,
    /// A method with a different shared bucket; may be repeated
    #[arg(long = "stage-method-limit", value_name = "METHOD=LIMIT", value_parser = method_limit)]
    stage_method_limits: Vec<(Method, Throttle)>,
    /// The port; 0 takes any free port
    #[arg(long, default_value_t = 8787)]
    pub(crate) port: u16,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// A key accepted in the header x-api-key; may be repeated. Without keys, each address has a bucket
    #[arg(long = "api-key", value_name = "KEY")]
    api_keys: Vec<String>,
    /// A token accepted in the header Authorization; may be repeated
    #[arg(long = "bearer-token", value_name = "TOKEN")]
    bearer_tokens: Vec<String>,
    /// A JSON Web Key Set in a file or at a URL of this machine. The header Authorization must hold a token that one
    /// of its keys signed with RS256
    #[arg(long, value_name = "FILE", conflicts_with = "bearer_tokens")]
    jwks: Option<String>,
    /// The required issuer of the token
    #[arg(long, value_name = "URL", requires = "jwks")]
    jwt_issuer: Option<String>,
    /// The required audience of the token
    #[arg(long, value_name = "ID", requires = "jwks")]
    jwt_audience: Option<String>,
    /// The first check: rate-limit-first or authorizer-first
    #[arg(long, default_value = "rate-limit-first")]
    order: Order,
    /// Retry-After on a 429: none, a number of seconds, computed, or http-date [default: none]
    #[arg(long)]
    retry_after: Option<RetryAfter>,
    /// Send RateLimit and RateLimit-Policy (draft 11), which Amazon does not send
    #[arg(long)]
    rate_limit_fields: bool,
    /// Leave CORS headers off the gateway's own errors, as Amazon does by default
    #[arg(long)]
    no_error_cors: bool,
    /// The mean delay of each answer, such as 40ms
    #[arg(long, default_value = "0s", value_parser = humantime::parse_duration)]
    latency: Duration,
    /// The largest deviation from the mean delay, such as 20ms
    #[arg(long, default_value = "0s", value_parser = humantime::parse_duration)]
    jitter: Duration,
    /// A server that receives the requests instead of the built-in backend: http://127.0.0.1:3000
    #[arg(long, value_name = "URL")]
    upstream: Option<Upstream>,
    /// A network whose proxies are trusted about X-Forwarded-For: 10.0.0.0/8; may be repeated
    #[arg(long = "trust-proxy", value_name = "NETWORK")]
    trusted_proxies: Vec<IpNet>,
    /// A file that gets a line of JSON for each answer, with Amazon's $context names; - is stdout
    #[arg(long, value_name = "FILE")]
    access_log: Option<PathBuf>,
    /// The level of the log on stderr: off, error, warn, info, debug, or trace
    #[arg(long, default_value = "warn")]
    pub(crate) log: LevelFilter,
}

impl Cli {
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }

    /// The limits and answers of the template, or the defaults without a template. Flags override both.
    pub(crate) fn limits(&self, template: Option<Template>) -> Result<Template, String> {
        let mut limits = template.map_or_else(defaults, Ok)?;
        let rate = self.rate.unwrap_or(limits.plan.throttle.rate());
        let burst = self.burst.unwrap_or(limits.plan.throttle.burst());
        limits.plan.throttle = Throttle::new(rate, burst)
            .map_err(|error| format!("invalid value '{burst}' for '--burst <BURST>': {error}"))?;
        limits.plan.methods.extend(self.method_limits.iter().cloned());
        limits.plan.quota = self.quota.or(limits.plan.quota);
        limits.stage.throttle = self.stage_limit.or(limits.stage.throttle);
        limits.stage.methods.extend(self.stage_method_limits.iter().cloned());
        limits.retry_after = self.retry_after.unwrap_or(limits.retry_after);
        Ok(limits)
    }

    pub(crate) async fn settings(&self, limits: Template) -> Result<Settings, String> {
        let (issuer, audience) = (self.jwt_issuer.as_deref(), self.jwt_audience.as_deref());
        let authorizer = match &self.jwks {
            Some(source) => key_set::user_pool(source, issuer, audience).await?,
            None if self.bearer_tokens.is_empty() => Authorizer::None,
            None => Authorizer::Tokens(self.bearer_tokens.clone()),
        };
        let mut settings = Settings {
            api_keys: ApiKeys::new(self.api_keys.iter().cloned()),
            authorizer,
            order: self.order,
            rate_limit_fields: self.rate_limit_fields,
            error_cors: !self.no_error_cors,
            delay: Delay { latency: self.latency, jitter: self.jitter },
            backend: self
                .upstream
                .clone()
                .map_or(Backend::BuiltIn, |upstream| Backend::Upstream(Box::new(upstream))),
            trusted_proxies: TrustedProxies::new(self.trusted_proxies.clone()),
            access_log: self.access_log.as_deref().map(files::access_log).transpose()?,
            ..Settings::new(limits.plan.clone())
        };
        settings.follow(limits);
        settings
            .resources()
            .map_err(|error| format!("--template, --method-limit, --stage-method-limit: {error}"))?;
        Ok(settings)
    }
}

/// The limits if neither a flag nor a template sets them.
fn defaults() -> Result<Template, String> {
    let rate = Rate::per_second(100.0 / 60.0).map_err(|error| error.to_string())?;
    let throttle = Throttle::new(rate, 200).map_err(|error| error.to_string())?;
    Ok(Template {
        plan: UsagePlan::new(throttle),
        stage: StageLimits::default(),
        api: None,
        retry_after: RetryAfter::None,
        responses: None,
    })
}

/// Parses `GET /items/{id}=10/s,20`.
fn method_limit(text: &str) -> Result<(Method, Throttle), String> {
    let (method, limit) =
        text.rsplit_once('=').ok_or("a method and its limit, such as 'GET /items=10/s,20'")?;
    let method = method.parse().map_err(|error: MethodError| error.to_string())?;
    let limit = limit.parse().map_err(|error: ThrottleTextError| error.to_string())?;
    Ok((method, limit))
}
