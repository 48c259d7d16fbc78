//! The answers that Amazon API Gateway makes itself, without asking the backend.

/// One of Amazon's gateway responses (REST API, with its default template).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayResponse {
    /// No token in the bucket: try again in a moment.
    Throttled,
    /// The quota is used up: try again in hours, days or weeks.
    QuotaExceeded,
    /// The key is missing, or unknown.
    InvalidApiKey,
    /// The authorizer found no token, or not a good one.
    Unauthorized,
    /// The authorizer found a token that was good once.
    TokenExpired,
    /// No such resource or method. Amazon's name for it misleads many.
    MissingAuthenticationToken,
    /// The backend could not be reached.
    IntegrationFailure,
    /// The backend did not answer in time.
    IntegrationTimeout,
}

impl GatewayResponse {
    /// The status code.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            GatewayResponse::Throttled | GatewayResponse::QuotaExceeded => 429,
            GatewayResponse::InvalidApiKey | GatewayResponse::MissingAuthenticationToken => 403,
            GatewayResponse::Unauthorized | GatewayResponse::TokenExpired => 401,
            GatewayResponse::IntegrationFailure | GatewayResponse::IntegrationTimeout => 504,
        }
    }

    /// The value of the header `x-amzn-ErrorType`.
    #[must_use]
    pub const fn error_type(self) -> &'static str {
        match self {
            GatewayResponse::Throttled => "TooManyRequestsException",
            GatewayResponse::QuotaExceeded => "LimitExceededException",
            GatewayResponse::InvalidApiKey => "ForbiddenException",
            GatewayResponse::Unauthorized | GatewayResponse::TokenExpired => "UnauthorizedException",
            GatewayResponse::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            GatewayResponse::IntegrationFailure | GatewayResponse::IntegrationTimeout => {
                "InternalServerErrorException"
            }
        }
    }

    /// Amazon's `ResponseType`, which `$context.error.responseType` says in the access log.
    #[must_use]
    pub const fn response_type(self) -> &'static str {
        match self {
            GatewayResponse::Throttled => "THROTTLED",
            GatewayResponse::QuotaExceeded => "QUOTA_EXCEEDED",
            GatewayResponse::InvalidApiKey => "INVALID_API_KEY",
            // There is none for a token that has expired: EXPIRED_TOKEN is about Amazon's own signatures.
            GatewayResponse::Unauthorized | GatewayResponse::TokenExpired => "UNAUTHORIZED",
            GatewayResponse::MissingAuthenticationToken => "MISSING_AUTHENTICATION_TOKEN",
            GatewayResponse::IntegrationFailure => "INTEGRATION_FAILURE",
            GatewayResponse::IntegrationTimeout => "INTEGRATION_TIMEOUT",
        }
    }

    /// `$context.error.message`.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            GatewayResponse::Throttled => "Too Many Requests",
            GatewayResponse::QuotaExceeded => "Limit Exceeded",
            GatewayResponse::InvalidApiKey => "Forbidden",
            GatewayResponse::Unauthorized => "Unauthorized",
            GatewayResponse::TokenExpired => "The incoming token has expired",
            GatewayResponse::MissingAuthenticationToken => "Missing Authentication Token",
            GatewayResponse::IntegrationFailure => "Network error communicating with endpoint",
            GatewayResponse::IntegrationTimeout => "Endpoint request timed out",
        }
    }

    /// The body, byte for byte, as the default template `{"message":$context.error.messageString}` has it.
    #[must_use]
    pub fn body(self) -> String {
        format!(r#"{{"message":"{}"}}"#, self.message())
    }
}
