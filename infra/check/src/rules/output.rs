//! `Outputs`: what the guide asks for by name.

use crate::mistake::Mistake;
use crate::open_api::documents;
use crate::template::Template;

const OUTPUTS: [(&str, &str); 6] = [
    ("ApiId", "AWS::ApiGateway::RestApi"),
    ("ApiKeyId", "AWS::ApiGateway::ApiKey"),
    ("UsagePlanId", "AWS::ApiGateway::UsagePlan"),
    ("UserPoolId", "AWS::Cognito::UserPool"),
    ("UserPoolClientId", "AWS::Cognito::UserPoolClient"),
    ("AccessLogGroup", "AWS::Logs::LogGroup"),
];

pub(super) fn outputs(template: &Template) -> Vec<Mistake> {
    let (root, mut apis) = (template.root(), documents(template));
    if apis.next().is_none() {
        return Vec::new();
    }
    let value = |name: &str| root.at(&["Outputs", name, "Value"]);
    let wrong = OUTPUTS.into_iter().filter(|(name, kind)| {
        let resource = value(name)
            .and_then(|value| value.node().reference().and_then(|name| template.resource_type(name)));
        resource != Some(kind)
    });
    let at = |name: &str| value(name).or_else(|| root.get("Outputs")).unwrap_or_else(|| root.clone());
    let mut mistakes: Vec<_> = wrong
        .map(|(name, kind)| at(name).mistake(format!("the output {name} has to be a Ref to an {kind}")))
        .collect();
    let stages: Vec<_> =
        template.resources("AWS::ApiGateway::Stage").map(|stage| stage.logical_id()).collect();
    let apis = template.resources("AWS::ApiGateway::RestApi").map(|api| api.logical_id());
    let pairs = apis.flat_map(|api| stages.iter().map(move |stage| (api, *stage)));
    let urls = pairs.map(|(api, stage)| {
        format!("!Sub https://${{{api}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/${{{stage}}}")
    });
    let url = value("Url").map(|url| url.node().to_string());
    if !urls.into_iter().any(|known| Some(known) == url) {
        mistakes.push(at("Url").mistake("the output Url has to be that of an API and its stage"));
    }
    mistakes
}
