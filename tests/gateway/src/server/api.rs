//! Which methods an API has, and what each asks of its callers.

use crate::policy::Method;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::collections::HashMap;

/// The methods of an API, as its OpenAPI document has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api(HashMap<String, HashMap<String, Operation>>);

/// What a method asks of its callers, and what answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) needs_key: bool,
    pub(super) asks_authorizer: bool,
    pub(super) integration: Integration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Integration {
    Backend,
    Mock(Mock),
}

/// What a method answers with that has no backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mock {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

/// What stands for every method that is not named.
pub(super) const ANY: &str = "ANY";

impl Operation {
    /// Of an API that nothing is said about: a preflight has neither key nor token, anything else has both.
    pub(super) const PREFLIGHT: Operation =
        Operation { needs_key: false, asks_authorizer: false, integration: Integration::Backend };
    pub(super) const CALL: Operation =
        Operation { needs_key: true, asks_authorizer: true, integration: Integration::Backend };

    /// Its answer, if it needs no backend for that.
    pub(super) fn answer(&self) -> Option<Response> {
        let Integration::Mock(mock) = &self.integration else { return None };
        let mut response = Response::new(Body::empty());
        *response.status_mut() = mock.status;
        response.headers_mut().extend(mock.headers.clone());
        Some(response)
    }
}

impl Api {
    pub(super) fn insert(&mut self, resource: &str, verb: &str, operation: Operation) {
        self.0.entry(resource.to_owned()).or_default().insert(verb.to_owned(), operation);
    }

    /// Its resources, such as `/items/{id}`.
    pub fn resources(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What is said about a method, or about all of its resource; none where there is no such method.
    pub(super) fn operation(&self, method: &Method) -> Option<&Operation> {
        let operations = self.0.get(method.resource())?;
        operations.get(method.verb()).or_else(|| operations.get(ANY))
    }
}
