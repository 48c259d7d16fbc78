//! `Access-Control-Allow-Origin`: one origin in the preflights, in the gateway responses and in the firewall's answer.

use crate::mistake::Mistake;
use crate::open_api::{INTEGRATION, gateway_responses, operations};
use crate::template::{Place, Template};

const NAME: &str = "Access-Control-Allow-Origin";

pub(super) fn origins(template: &Template) -> Vec<Mistake> {
    let all: Vec<_> =
        preflights(template).into_iter().chain(responses(template)).chain(firewall(template)).collect();
    let count = |value: &str| all.iter().filter(|(_, known)| known == value).count();
    let Some(usual) = all.iter().map(|(_, value)| value).max_by_key(|value| count(value)) else {
        return Vec::new();
    };
    all.iter()
        .filter(|(_, value)| value != usual)
        .map(|(place, _)| {
            place.mistake(format!(
                "everywhere else it is {usual}: a page of one origin cannot read all answers"
            ))
        })
        .collect()
}

fn preflights(template: &Template) -> Vec<(Place<'_>, String)> {
    let key = format!("method.response.header.{NAME}");
    let answers = operations(template).into_iter().filter_map(|operation| {
        operation.place.at(&[INTEGRATION, "responses", "default", "responseParameters", &key])
    });
    answers.map(unquoted).collect()
}

fn responses(template: &Template) -> Vec<(Place<'_>, String)> {
    let key = format!("gatewayresponse.header.{NAME}");
    let values = gateway_responses(template)
        .into_iter()
        .filter_map(|(_, response)| response.at(&["responseParameters", &key]));
    values.map(unquoted).collect()
}

fn unquoted(place: Place<'_>) -> (Place<'_>, String) {
    let value = place.node().to_string().trim_matches('\'').to_owned();
    (place, value)
}

fn firewall(template: &Template) -> Vec<(Place<'_>, String)> {
    let rules = template.resources("AWS::WAFv2::WebACL").filter_map(|firewall| firewall.property("Rules"));
    let answers = rules
        .flat_map(|rules| rules.elements())
        .filter_map(|rule| rule.at(&["Action", "Block", "CustomResponse", "ResponseHeaders"]));
    let headers = answers.flat_map(|headers| headers.elements());
    let named = headers.filter(|header| header.get("Name").is_some_and(|name| name.text() == Some(NAME)));
    named
        .filter_map(|header| header.get("Value"))
        .map(|value| (value.clone(), value.node().to_string()))
        .collect()
}
