//! The results of the checks, as they are counted.

use crate::answer::GatewayResponse;
use prometheus_client::encoding::{EncodeLabelValue, LabelValueEncoder};
use std::fmt::{Error, Write};

/// The result of the checks for one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Outcome {
    Admitted,
    Throttled,
    QuotaExceeded,
    Unauthorized,
    Forbidden,
}

impl Outcome {
    pub(super) fn of(verdict: Result<(), GatewayResponse>) -> Outcome {
        match verdict {
            Ok(()) | Err(GatewayResponse::IntegrationFailure | GatewayResponse::IntegrationTimeout) => {
                Outcome::Admitted
            }
            Err(GatewayResponse::Throttled) => Outcome::Throttled,
            Err(GatewayResponse::QuotaExceeded) => Outcome::QuotaExceeded,
            Err(GatewayResponse::Unauthorized | GatewayResponse::TokenExpired) => Outcome::Unauthorized,
            Err(GatewayResponse::InvalidApiKey | GatewayResponse::MissingAuthenticationToken) => {
                Outcome::Forbidden
            }
        }
    }
}

impl EncodeLabelValue for Outcome {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), Error> {
        encoder.write_str(match self {
            Outcome::Admitted => "admitted",
            Outcome::Throttled => "throttled",
            Outcome::QuotaExceeded => "quota_exceeded",
            Outcome::Unauthorized => "unauthorized",
            Outcome::Forbidden => "forbidden",
        })
    }
}
