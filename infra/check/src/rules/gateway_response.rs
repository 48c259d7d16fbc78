//! `x-amazon-apigateway-gateway-responses`: what the gateway answers by itself.

use crate::header_value::{HeaderValue, names};
use crate::mistake::Mistake;
use crate::open_api::{documents, gateway_responses};
use crate::template::{Place, Template};

const TYPES: [&str; 21] = [
    "ACCESS_DENIED",
    "API_CONFIGURATION_ERROR",
    "AUTHORIZER_CONFIGURATION_ERROR",
    "AUTHORIZER_FAILURE",
    "BAD_REQUEST_BODY",
    "BAD_REQUEST_PARAMETERS",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
    "EXPIRED_TOKEN",
    "INTEGRATION_FAILURE",
    "INTEGRATION_TIMEOUT",
    "INVALID_API_KEY",
    "INVALID_SIGNATURE",
    "MISSING_AUTHENTICATION_TOKEN",
    "QUOTA_EXCEEDED",
    "REQUEST_TOO_LARGE",
    "RESOURCE_NOT_FOUND",
    "THROTTLED",
    "UNAUTHORIZED",
    "UNSUPPORTED_MEDIA_TYPE",
    "WAF_FILTERED",
];

/// The types of a 429.
const REFUSALS: [&str; 2] = ["THROTTLED", "QUOTA_EXCEEDED"];

/// The status by which a client knows a type.
const STATUSES: [(&str, f64); 3] = [("THROTTLED", 429.0), ("QUOTA_EXCEEDED", 429.0), ("UNAUTHORIZED", 401.0)];

const PREFIX: &str = "gatewayresponse.header.";

/// A header of a response; the case of its name does not matter.
fn header<'a>(response: &Place<'a>, name: &str) -> Option<Place<'a>> {
    let headers = response.get("responseParameters")?.entries();
    headers.into_iter().find_map(|(key, value)| {
        key.strip_prefix(PREFIX).is_some_and(|known| known.eq_ignore_ascii_case(name)).then_some(value)
    })
}

fn is_refusal(kind: &str) -> bool {
    REFUSALS.contains(&kind)
}

fn is_default(kind: &str) -> bool {
    kind.starts_with("DEFAULT_")
}

pub(super) fn types(template: &Template) -> Vec<Mistake> {
    gateway_responses(template)
        .into_iter()
        .filter(|(kind, _)| !TYPES.contains(kind))
        .map(|(kind, response)| {
            let message =
                format!("{kind} is no type of gateway response; nothing would ever be answered with it");
            response.mistake(message)
        })
        .collect()
}

pub(super) fn values(template: &Template) -> Vec<Mistake> {
    let responses = gateway_responses(template).into_iter();
    let headers = responses.filter_map(|(_, response)| response.get("responseParameters"));
    headers.flat_map(|headers| headers.entries()).filter_map(|(_, value)| wrong_value(&value)).collect()
}

fn wrong_value(value: &Place<'_>) -> Option<Mistake> {
    if value.node().is_call() {
        return None;
    }
    let text = value.node().to_string();
    match HeaderValue::read(&text) {
        HeaderValue::Static(_) | HeaderValue::Mapped => None,
        HeaderValue::Neither => {
            Some(value.mistake(format!("a static value has single quotes of its own, such as \"'{text}'\"")))
        }
        HeaderValue::QuotedVariable => Some(
            value.mistake("its single quotes make it a text, sent as it stands here; a variable has none"),
        ),
    }
}

pub(super) fn cors(template: &Template) -> Vec<Mistake> {
    let has_cors = |response: &Place<'_>| header(response, "Access-Control-Allow-Origin").is_some();
    let responses = gateway_responses(template);
    let hides = responses.iter().any(|(kind, response)| is_default(kind) && has_cors(response));
    let hidden =
        if hides { ", and hides what DEFAULT_4XX or DEFAULT_5XX has (types are not merged)" } else { "" };
    responses
        .iter()
        .filter(|(_, response)| !has_cors(response))
        .map(|(kind, response)| {
            response.mistake(format!(
                "{kind} has no Access-Control-Allow-Origin: a page sees a TypeError instead{hidden}"
            ))
        })
        .collect()
}

pub(super) fn exposed(template: &Template) -> Vec<Mistake> {
    let responses = gateway_responses(template).into_iter();
    responses.flat_map(|(kind, response)| unexposed(kind, &response)).collect()
}

fn unexposed(kind: &str, response: &Place<'_>) -> Vec<Mistake> {
    let list = header(response, "Access-Control-Expose-Headers");
    let exposed = match &list {
        None => "",
        Some(list) => match list.text().map(HeaderValue::read) {
            Some(HeaderValue::Static(names)) => names,
            // Something that cannot be read here, or another rule's mistake.
            _ => return Vec::new(),
        },
    };
    let waits = is_refusal(kind) || header(response, "Retry-After").is_some();
    [(true, "x-amzn-ErrorType"), (true, "x-amzn-RequestId"), (waits, "Retry-After")]
        .into_iter()
        .filter(|(is_needed, name)| *is_needed && !names(exposed, name))
        .map(|(_, name)| {
            let message =
                format!("Access-Control-Expose-Headers lacks {name}: it is sent, and a page cannot read it");
            list.as_ref().unwrap_or(response).mistake(message)
        })
        .collect()
}

pub(super) fn status(template: &Template) -> Vec<Mistake> {
    let of_defaults = gateway_responses(template)
        .into_iter()
        .filter(|(kind, _)| is_default(kind))
        .filter_map(|(_, response)| response.get("statusCode"))
        .map(|place| {
            place.mistake("a default response with a status gives it to every answer that it stands in for")
        });
    let of_others = gateway_responses(template).into_iter().filter_map(|(kind, response)| {
        let (_, wanted) = STATUSES.into_iter().find(|(known, _)| *known == kind)?;
        let status = response.get("statusCode");
        let is_right = status.as_ref().is_some_and(|status| status.node().number() == Some(wanted));
        (!is_right).then(|| {
            status
                .unwrap_or(response)
                .mistake(format!("{kind} has a statusCode of {wanted}, by which clients know it"))
        })
    });
    of_defaults.chain(of_others).collect()
}

/// The types that a client has to be able to read. UNAUTHORIZED is not documented to fall back to DEFAULT_4XX.
const NEEDED: [&str; 3] = ["DEFAULT_4XX", "DEFAULT_5XX", "UNAUTHORIZED"];

pub(super) fn present(template: &Template) -> Vec<Mistake> {
    let is_there = |kind: &&str| gateway_responses(template).iter().any(|(known, _)| known == kind);
    let lacking = documents(template).flat_map(|document| {
        let lacking = NEEDED.into_iter().filter(|kind| !is_there(kind));
        lacking
            .map(|kind| {
                document.mistake(format!("there is no gateway response {kind}: a page sees a TypeError"))
            })
            .collect::<Vec<_>>()
    });
    lacking.collect()
}

pub(super) fn retry_after(template: &Template) -> Vec<Mistake> {
    if template.resources("AWS::ApiGateway::UsagePlan").next().is_none() {
        return Vec::new();
    }
    REFUSALS.into_iter().filter_map(|kind| wrong_retry_after(template, kind)).collect()
}

fn wrong_retry_after(template: &Template, kind: &str) -> Option<Mistake> {
    let Some((_, response)) = gateway_responses(template).into_iter().find(|(known, _)| *known == kind)
    else {
        let message = format!("there is no gateway response {kind}: its 429 has no Retry-After");
        return Some(template.root().mistake(message));
    };
    let Some(value) = header(&response, "Retry-After") else {
        return Some(response.mistake(format!("{kind} has no Retry-After: a client has to guess")));
    };
    let HeaderValue::Static(text) = HeaderValue::read(value.text()?) else { return None };
    let Ok(seconds) = text.parse::<u32>() else {
        return Some(
            value.mistake("a Retry-After that never changes is a whole number of seconds (RFC 9110, 10.2.3)"),
        );
    };
    if kind == "QUOTA_EXCEEDED" {
        let is_right = QUOTA_PAUSE.contains(&seconds);
        return (!is_right).then(|| {
            value.mistake("a quota opens within a day at most, and asking every minute is no help")
        });
    }
    let token = seconds_for_a_token(template)?;
    if f64::from(seconds) < token {
        return Some(
            value.mistake(format!("too early: at the plan's rate a token comes back after {token} s")),
        );
    }
    (f64::from(seconds) > 10.0 * token)
        .then(|| value.mistake(format!("too late: at the plan's rate a token comes back after {token} s")))
}

/// Seconds: a quarter of an hour to a day.
const QUOTA_PAUSE: std::ops::RangeInclusive<u32> = 900..=86_400;

/// In whole seconds, rounded up, in the plan that refills most slowly.
fn seconds_for_a_token(template: &Template) -> Option<f64> {
    let plans = template.resources("AWS::ApiGateway::UsagePlan");
    let rates = plans.filter_map(|plan| plan.property("Throttle")?.get("RateLimit")?.node().number());
    let slowest = rates.filter(|rate| *rate > 0.0).min_by(f64::total_cmp)?;
    Some((1.0 / slowest).ceil())
}
