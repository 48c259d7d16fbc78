//! `AWS::WAFv2::WebACL`: the firewall's limit, which comes before every authorizer.

use crate::header_value::names;
use crate::mistake::Mistake;
use crate::template::{Node, Place, Template};

/// The rules that limit a rate and block.
fn rate_limits(template: &Template) -> Vec<Place<'_>> {
    let firewalls = template.resources("AWS::WAFv2::WebACL");
    let rules =
        firewalls.filter_map(|firewall| firewall.property("Rules")).flat_map(|rules| rules.elements());
    rules
        .filter(|rule| rule.at(&["Statement", "RateBasedStatement"]).is_some())
        .filter(|rule| rule.at(&["Action", "Block"]).is_some())
        .collect()
}

pub(super) fn responses(template: &Template) -> Vec<Mistake> {
    rate_limits(template).iter().flat_map(wrong_response).collect()
}

fn wrong_response(rule: &Place<'_>) -> Vec<Mistake> {
    let Some(response) = rule.at(&["Action", "Block", "CustomResponse"]) else {
        return vec![rule.mistake("it blocks with 403; a CustomResponse can answer 429")];
    };
    let mut mistakes = Vec::new();
    let code = response.get("ResponseCode").filter(|code| code.node().number() != Some(429.0));
    mistakes.extend(code.map(|code| code.mistake("who sends too much is answered with 429")));

    let headers = response.get("ResponseHeaders").map(|headers| headers.elements()).unwrap_or_default();
    let value = |name: &str| {
        headers
            .iter()
            .find(|header| {
                header
                    .get("Name")
                    .and_then(|place| place.text())
                    .is_some_and(|known| known.eq_ignore_ascii_case(name))
            })?
            .get("Value")
    };
    for name in ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Retry-After"] {
        match value(name) {
            None => mistakes
                .push(response.mistake(format!("it has no {name}, and a gateway response adds none to it"))),
            Some(value) if value.node().to_string().starts_with('\'') => {
                mistakes.push(
                    value.mistake("its single quotes are sent; only a gateway response takes them off"),
                );
            }
            Some(_) => {}
        }
    }
    let list = value("Access-Control-Expose-Headers");
    for name in ["Retry-After", "x-amzn-ErrorType", "x-amzn-RequestId"] {
        let unexposed = list.as_ref().filter(|list| list.text().is_some_and(|list| !names(list, name)));
        mistakes.extend(
            unexposed
                .map(|list| list.mistake(format!("it lacks {name}: it is sent, and a page cannot read it"))),
        );
    }
    mistakes
}

pub(super) fn preflights(template: &Template) -> Vec<Mistake> {
    rate_limits(template)
        .iter()
        .filter_map(|rule| rule.at(&["Statement", "RateBasedStatement"]))
        .filter(|statement| {
            !statement.get("ScopeDownStatement").is_some_and(|scope| excludes_options(scope.node()))
        })
        .map(|statement| {
            statement
                .mistake("it counts OPTIONS too: a preflight that is blocked hides the 429 from the page")
        })
        .collect()
}

/// Whether it is, or contains in an `And`, the negation of a match of the method with OPTIONS.
fn excludes_options(scope: &Node) -> bool {
    let all_of = scope.get("AndStatement").and_then(|and| and.get("Statements"));
    if let Some(statements) = all_of {
        return statements.elements().iter().any(excludes_options);
    }
    let matched = scope
        .get("NotStatement")
        .and_then(|not| not.get("Statement"))
        .and_then(|statement| statement.get("ByteMatchStatement"));
    matched.is_some_and(|matched| {
        let is_method = matched.get("FieldToMatch").is_some_and(|field| field.get("Method").is_some());
        is_method && matched.get("SearchString").and_then(Node::text) == Some("OPTIONS")
    })
}

pub(super) fn associations(template: &Template) -> Vec<Mistake> {
    let associations: Vec<_> = template.resources("AWS::WAFv2::WebACLAssociation").collect();
    let unused = template.resources("AWS::WAFv2::WebACL").filter(|firewall| {
        let is_this = |place: Place<'_>| place.node().references().contains(&firewall.logical_id());
        !associations.iter().filter_map(|association| association.property("WebACLArn")).any(is_this)
    });
    let unused = unused.map(|firewall| firewall.mistake("no WebACLAssociation puts it before a stage"));
    let unordered = associations
        .iter()
        .filter_map(|association| association.property("ResourceArn"))
        .filter(|arn| !refers_to_stage(arn));
    let unordered =
        unordered.map(|arn| arn.mistake("it refers to no Stage, and may come before it; write ${Stage}"));
    let misspelt = associations.iter().filter_map(|association| {
        let arn = association.property("ResourceArn");
        let known = template.resources("AWS::ApiGateway::RestApi").zip(template.resources("AWS::ApiGateway::Stage"));
        let mut known = known.map(|(api, stage)| {
            let (api, stage) = (api.logical_id(), stage.logical_id());
            format!("!Sub arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}::/restapis/${{{api}}}/stages/${{{stage}}}")
        });
        let text = arn.as_ref().map(|arn| arn.node().to_string()).unwrap_or_default();
        // One that refers to no stage is said above.
        let is_said = arn.as_ref().is_some_and(|arn| !refers_to_stage(arn));
        let is_right = is_said || known.any(|known| known == text);
        (!is_right).then(|| arn.unwrap_or_else(|| association.clone()).mistake("no ARN of a stage: arn:partition:apigateway:region::/restapis/id/stages/name"))
    });
    unused.chain(unordered).chain(misspelt).collect()
}

fn refers_to_stage(arn: &Place<'_>) -> bool {
    let is_stage = |name: &&str| arn.template().resource_type(name) == Some("AWS::ApiGateway::Stage");
    arn.node().references().iter().any(is_stage)
}
