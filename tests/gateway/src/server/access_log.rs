//! The access log: a line of JSON for each answer, with Amazon's names.

use super::checks::Trail;
use super::request_id::{EXTENDED_REQUEST_ID, REQUEST_ID};
use crate::answer::GatewayResponse;
use crate::policy::{Client, WallTime};
use axum::body::HttpBody;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;
use serde_json::{Map, Value};
use std::fmt;
use std::io::{self, Write};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The destination of the lines.
#[derive(Clone)]
pub struct AccessLog(Arc<Mutex<Box<dyn Write + Send>>>);

/// The facts of a request that are known before its answer.
pub(super) struct Asked {
    values: Map<String, Value>,
}

impl Asked {
    /// Keys are Amazon's variables without `$context.`. An unknown value is a dash, as at Amazon.
    pub(super) fn new(request: &Parts, source: IpAddr, arrived: WallTime) -> Asked {
        let mut asked = Asked { values: Map::new() };
        asked.set("requestTimeEpoch", arrived.since_epoch().as_millis().to_string());
        asked.set("httpMethod", request.method.to_string());
        asked.set("path", request.uri.path().to_owned());
        asked.set("protocol", format!("{:?}", request.version));
        asked.set("identity.sourceIp", source.to_string());
        asked.set("identity.userAgent", header(&request.headers, USER_AGENT));
        asked
    }

    fn set(&mut self, name: &str, value: String) {
        self.values.insert(name.to_owned(), Value::String(value));
    }
}

impl AccessLog {
    /// Creates a log that writes its lines to `to`.
    pub fn new(to: impl Write + Send + 'static) -> AccessLog {
        AccessLog(Arc::new(Mutex::new(Box::new(to))))
    }

    pub(super) fn write(
        &self,
        mut line: Asked,
        trail: &Trail,
        response: &Response,
        refusal: Option<GatewayResponse>,
        took: Duration,
    ) {
        let dash = || "-".to_owned();
        line.set("requestId", header(response.headers(), REQUEST_ID));
        line.set("extendedRequestId", header(response.headers(), EXTENDED_REQUEST_ID));
        line.set(
            "resourcePath",
            trail.method.as_ref().map_or_else(dash, |method| method.resource().to_owned()),
        );
        let key_id = match &trail.client {
            Client::ApiKey(id) => id.to_string(),
            Client::SourceIp(_) => dash(),
        };
        line.set("identity.apiKeyId", key_id);
        line.set("status", response.status().as_u16().to_string());
        let length = response.body().size_hint().exact();
        line.set("responseLength", length.map_or_else(dash, |bytes| bytes.to_string()));
        line.set("responseLatency", took.as_millis().to_string());
        line.set(
            "error.responseType",
            refusal.map_or_else(dash, |refusal| refusal.response_type().to_owned()),
        );
        line.set("error.message", refusal.map_or_else(dash, |refusal| refusal.message().to_owned()));
        let mut to = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = write_line(&mut *to, line.values) {
            tracing::warn!("cannot write to the access log: {error}");
        }
    }
}

fn write_line(to: &mut dyn Write, values: Map<String, Value>) -> io::Result<()> {
    // A single write keeps lines of two processes apart.
    to.write_all(format!("{}\n", Value::Object(values)).as_bytes())?;
    to.flush()
}

fn header(headers: &HeaderMap, name: HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("-").to_owned()
}

impl fmt::Debug for AccessLog {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("AccessLog").finish_non_exhaustive()
    }
}
