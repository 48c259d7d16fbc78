//! Reads an API's OpenAPI document with Amazon's extensions. The document is the `Body` of an
//! `AWS::ApiGateway::RestApi`.

use crate::template::{Place, Template};

/// The gateway's own responses, by response type.
pub(crate) const GATEWAY_RESPONSES: &str = "x-amazon-apigateway-gateway-responses";
/// The backend, or the mock, of an operation.
pub(crate) const INTEGRATION: &str = "x-amazon-apigateway-integration";
/// The validator of requests, for a document or an operation.
pub(crate) const VALIDATOR: &str = "x-amazon-apigateway-request-validator";
pub(crate) const VALIDATORS: &str = "x-amazon-apigateway-request-validators";

const ANY: &str = "x-amazon-apigateway-any-method";
const VERBS: [&str; 7] = ["delete", "get", "head", "options", "patch", "post", "put"];

/// The document of each API that has one.
pub(crate) fn documents(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::ApiGateway::RestApi").filter_map(|api| api.property("Body"))
}

/// A method of an API.
#[derive(Debug)]
pub(crate) struct Operation<'a> {
    /// `/items/{id}`
    pub(crate) path: &'a str,
    /// The operation in the document.
    pub(crate) place: Place<'a>,
    document: Place<'a>,
    is_preflight: bool,
    is_any: bool,
}

/// Every operation of every API.
pub(crate) fn operations(template: &Template) -> Vec<Operation<'_>> {
    documents(template)
        .flat_map(|document| {
            let paths = document.get("paths").map(|paths| paths.entries()).unwrap_or_default();
            paths.into_iter().flat_map(move |(path, item)| {
                let document = document.clone();
                item.entries().into_iter().filter(|(verb, _)| is_method(verb)).map(move |(verb, place)| {
                    Operation {
                        path,
                        place,
                        document: document.clone(),
                        is_preflight: verb == "options",
                        is_any: verb == ANY,
                    }
                })
            })
        })
        .collect()
}

/// A credential that a caller of an operation has to send.
#[derive(Debug)]
pub(crate) struct Requirement<'a> {
    /// The name of its scheme.
    pub(crate) scheme: &'a str,
    pub(crate) place: Place<'a>,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A key, which counts against a usage plan.
    Key,
    /// A token, or a signature.
    Authorizer,
    /// There is no such scheme.
    Unknown,
}

impl<'a> Operation<'a> {
    /// Returns true for OPTIONS, which a browser sends before the request itself.
    pub(crate) fn is_preflight(&self) -> bool {
        self.is_preflight
    }

    /// Returns true if the operation serves every method that its path does not name.
    pub(crate) fn is_any(&self) -> bool {
        self.is_any
    }

    /// The names of the parameters in its path: `proxy` of `/items/{proxy+}`.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &'a str> {
        let names = self.path.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        names.map(|(name, _)| name.trim_end_matches('+'))
    }

    /// The credentials that a caller has to send: all of them, in one element of the list or in several.
    /// API Gateway ignores `security` of the whole document.
    pub(crate) fn requirements(&self) -> Vec<Requirement<'a>> {
        let security = self.place.get("security").map(|security| security.elements()).unwrap_or_default();
        security
            .iter()
            .flat_map(Place::entries)
            .map(|(scheme, place)| Requirement { scheme, place, kind: self.kind_of(scheme) })
            .collect()
    }

    pub(crate) fn requires(&self, kind: Kind) -> bool {
        self.requirements().iter().any(|requirement| requirement.kind == kind)
    }

    /// The document with the operation.
    pub(crate) fn document(&self) -> &Place<'a> {
        &self.document
    }

    fn kind_of(&self, scheme: &str) -> Kind {
        let Some(scheme) = self.document.at(&["components", "securitySchemes", scheme]) else {
            return Kind::Unknown;
        };
        let is_key = scheme.get("x-amazon-apigateway-authtype").is_none()
            && scheme.get("x-amazon-apigateway-authorizer").is_none()
            && scheme
                .get("name")
                .and_then(|name| name.text()?.eq_ignore_ascii_case("x-api-key").then_some(()))
                .is_some();
        if is_key { Kind::Key } else { Kind::Authorizer }
    }
}

/// The gateway's own responses, each with its response type.
pub(crate) fn gateway_responses(template: &Template) -> Vec<(&str, Place<'_>)> {
    let responses = documents(template).filter_map(|document| document.get(GATEWAY_RESPONSES));
    responses.flat_map(|responses| responses.entries()).collect()
}

/// Whether it is the root or a path of an API.
pub(crate) fn has_path(template: &Template, path: &str) -> bool {
    path == "/" || operations(template).iter().any(|operation| operation.path == path)
}

/// Returns true if an entry of a path is a method, or stands for all methods.
pub(crate) fn is_method(entry: &str) -> bool {
    entry == ANY || VERBS.contains(&entry)
}

/// A method, or all of them.
pub(crate) fn is_verb(verb: &str) -> bool {
    verb == "ANY" || VERBS.iter().any(|known| known.to_ascii_uppercase() == verb)
}
