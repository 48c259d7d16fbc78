//! The responses that Amazon API Gateway generates itself, without calling the backend.

/// One of Amazon's gateway responses (REST API, with its default template).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayResponse {
    /// The token bucket is empty. A retry makes sense within seconds.
    Throttled,
    /// The quota is used up. A retry makes sense after hours, days or weeks.
    QuotaExceeded,
    /// The API key is missing or unknown.
    InvalidApiKey,
    /// The authorizer found no token, or an invalid token.
    Unauthorized,
    /// The authorizer found a token that has expired.
    TokenExpired,
    /// The resource or method does not exist. Amazon's name for this response is misleading.
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

    /// Amazon's `ResponseType`; `$context.error.responseType` in the access log.
    #[must_use]
    pub const fn response_type(self) -> &'static str {
        match self {
            GatewayResponse::Throttled => "THROTTLED",
            GatewayResponse::QuotaExceeded => "QUOTA_EXCEEDED",
            GatewayResponse::InvalidApiKey => "INVALID_API_KEY",
            // Amazon has no type for an expired token: EXPIRED_TOKEN concerns Amazon's own signatures.
            GatewayResponse::Unauthorized | GatewayResponse::TokenExpired => "UNAUTHORIZED",
            GatewayResponse::MissingAuthenticationToken => "MISSING_AUTHENTICATION_TOKEN",
            GatewayResponse::IntegrationFailure => "INTEGRATION_FAILURE",
            GatewayResponse::IntegrationTimeout => "INTEGRATION_TIMEOUT",
        }
    }

    /// The error message; `$context.error.message` in a response template.
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

    /// The exact body from the default template `{"message":$context.error.messageString}`.
    #[must_use]
    pub fn body(self) -> String {
        format!(r#"{{"message":"{}"}}"#, self.message())
    }
}
