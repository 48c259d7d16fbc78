//! `AWS::ApiGateway::ApiKey`.

use crate::mistake::Mistake;
use crate::template::Template;

pub(super) fn values(template: &Template) -> Vec<Mistake> {
    template
        .resources("AWS::ApiGateway::ApiKey")
        .filter_map(|key| key.property("Value"))
        .filter(|value| value.text().is_some_and(|text| !(20..=128).contains(&text.chars().count())))
        .map(|value| value.mistake("a key has 20 to 128 characters; without a Value API Gateway makes one"))
        .collect()
}

pub(super) fn enabled(template: &Template) -> Vec<Mistake> {
    template
        .resources("AWS::ApiGateway::ApiKey")
        .filter_map(|key| match key.property("Enabled") {
            None => Some(key.mistake("needs Enabled: true; a key is disabled where nothing else is said")),
            Some(enabled) => (enabled.node().truth() == Some(false))
                .then(|| enabled.mistake("a key that is disabled is answered with 403")),
        })
        .collect()
}
