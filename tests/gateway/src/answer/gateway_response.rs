//! The answers that Amazon API Gateway makes itself, without asking the backend.

/// One of Amazon's gateway responses (REST API, with its default template), named as `ResponseType` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayResponse {
    /// No token in the bucket: try again in a moment.
    Throttled,
    /// The key is missing, or unknown.
    InvalidApiKey,
    /// The authorizer found no token, or not a good one.
    Unauthorized,
    /// No such resource or method. Amazon's name for it misleads many.
    MissingAuthenticationToken,
}

impl GatewayResponse {
    /// The status code.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            GatewayResponse::Throttled => 429,
            GatewayResponse::InvalidApiKey | GatewayResponse::MissingAuthenticationToken => 403,
            GatewayResponse::Unauthorized => 401,
        }
    }

    /// The value of the header `x-amzn-ErrorType`.
    #[must_use]
    pub const fn error_type(self) -> &'static str {
        match self {
            GatewayResponse::Throttled => "TooManyRequestsException",
            GatewayResponse::InvalidApiKey => "ForbiddenException",
            GatewayResponse::Unauthorized => "UnauthorizedException",
            GatewayResponse::MissingAuthenticationToken => "MissingAuthenticationTokenException",
        }
    }

    /// The body, byte for byte.
    #[must_use]
    pub const fn body(self) -> &'static str {
        match self {
            GatewayResponse::Throttled => r#"{"message":"Too Many Requests"}"#,
            GatewayResponse::InvalidApiKey => r#"{"message":"Forbidden"}"#,
            GatewayResponse::Unauthorized => r#"{"message":"Unauthorized"}"#,
            GatewayResponse::MissingAuthenticationToken => r#"{"message":"Missing Authentication Token"}"#,
        }
    }
}
