//! The answer to OPTIONS, which API Gateway makes by itself: a browser sends the request only if the answer allows it.

use crate::header_value::{HeaderValue, names};
use crate::mistake::Mistake;
use crate::open_api::{INTEGRATION, Operation, operations};
use crate::template::{Place, Template};
use serde_json::Value;

/// The headers of requests that no page may send unasked, and this API needs or takes.
const HEADERS: [&str; 4] = ["authorization", "content-type", "idempotency-key", "x-api-key"];

/// All that `ANY` stands for, but OPTIONS itself.
const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// Chromium keeps an answer for two hours at most, Firefox for a day. Below ten minutes preflights double the traffic.
const MAX_AGE: std::ops::RangeInclusive<u32> = 600..=86_400;

pub(super) fn answers(template: &Template) -> Vec<Mistake> {
    let operations = operations(template);
    let preflights = operations.iter().filter(|operation| operation.is_preflight());
    preflights
        .filter_map(|operation| Some((operation, operation.place.get(INTEGRATION)?)))
        .flat_map(wrong)
        .collect()
}

fn wrong((operation, integration): (&Operation<'_>, Place<'_>)) -> Vec<Mistake> {
    if integration.get("type").and_then(|kind| kind.text()) != Some("mock") {
        return vec![integration.mistake("a preflight is answered by the gateway itself: type: mock")];
    }
    let mut mistakes = Vec::new();
    let template = integration.at(&["requestTemplates", "application/json"]);
    let status = template.as_ref().and_then(|template| status_in(template.text()?));
    let answer = integration.at(&["responses", "default"]);
    let Some(answer) = answer else {
        return vec![
            integration
                .mistake("it has no responses.default: whatever happens, the answer is that of a preflight"),
        ];
    };
    let said = answer.get("statusCode").and_then(|status| status.node().number());
    if status.is_none() || status != said || !said.is_some_and(|status| (200.0..300.0).contains(&status)) {
        let at = template.unwrap_or_else(|| integration.clone());
        mistakes.push(at.mistake("requestTemplates and responses.default name one status, of success: otherwise it is answered with 500"));
    }
    mistakes.extend(wrong_headers(operation, &answer, said));
    mistakes
}

/// `{"statusCode": 204}` of a mock.
fn status_in(template: &str) -> Option<f64> {
    serde_json::from_str::<Value>(template).ok()?.get("statusCode")?.as_f64()
}

fn wrong_headers(operation: &Operation<'_>, answer: &Place<'_>, status: Option<f64>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let declared =
        status.and_then(|status| operation.place.at(&["responses", &status.to_string(), "headers"]));
    let Some(declared) = declared else {
        return vec![
            operation.place.mistake("its responses have no headers for the status that it answers with"),
        ];
    };
    let parameters =
        answer.get("responseParameters").map(|parameters| parameters.entries()).unwrap_or_default();
    for (name, value) in &parameters {
        let header = name.strip_prefix("method.response.header.").unwrap_or_default();
        if declared.get(header).is_none() {
            mistakes.push(value.mistake("its method declares no such header: the import fails"));
        }
    }
    let header = |name: &str| {
        let key = format!("method.response.header.{name}");
        parameters.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    };
    let mut look = |name: &str, lacking: &dyn Fn(&str) -> Option<String>| match header(name) {
        None => mistakes.push(answer.mistake(format!("it has no {name}: a browser takes it for a no"))),
        Some(value) => {
            let text = value.node().to_string();
            let lacking = match HeaderValue::read(&text) {
                HeaderValue::Static(text) => lacking(text),
                _ => Some("a static value has single quotes of its own".to_owned()),
            };
            mistakes.extend(lacking.map(|message| value.mistake(message)));
        }
    };
    let lacks = |list: &str, all: &[&str]| {
        let lacking = all.iter().find(|name| !names(list, name));
        lacking.map(|name| format!("it lacks {name}: a browser does not send the request"))
    };
    look("Access-Control-Allow-Origin", &|_| None);
    look("Access-Control-Allow-Headers", &|list| lacks(list, &HEADERS));
    look("Access-Control-Allow-Methods", &|list| lacks(list, &METHODS));
    look("Access-Control-Max-Age", &|age| {
        let is_right = age.parse().is_ok_and(|age| MAX_AGE.contains(&age));
        (!is_right).then(|| format!("seconds, from {} to {}", MAX_AGE.start(), MAX_AGE.end()))
    });
    mistakes
}
