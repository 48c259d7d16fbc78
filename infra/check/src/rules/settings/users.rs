//! `AWS::Cognito::UserPool` and its client.

use super::{Setting, of_resources, one, reference};
use crate::mistake::Mistake;
use crate::template::Template;

const POOL: &[Setting] = &[
    one(&["DeletionPolicy"], &["Retain"], "users are not deleted with a stack"),
    one(&["UpdateReplacePolicy"], &["Retain"], "users are not deleted with a stack"),
    one(
        &["Properties", "AdminCreateUserConfig", "AllowAdminCreateUserOnly"],
        &["true"],
        "otherwise anybody signs up and has a token",
    ),
];

const CLIENT: &[Setting] = &[
    reference(&["Properties", "UserPoolId"], "AWS::Cognito::UserPool", "a client is of a pool"),
    one(&["Properties", "GenerateSecret"], &["false"], "a page can keep no secret"),
    one(
        &["Properties", "ExplicitAuthFlows"],
        &["[ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]"],
        "a page never sends a password, and stays signed in",
    ),
    one(
        &["Properties", "PreventUserExistenceErrors"],
        &["ENABLED"],
        "otherwise an error says who has an account",
    ),
];

pub(crate) fn settings(template: &Template) -> Vec<Mistake> {
    let mut mistakes = of_resources(template, "AWS::Cognito::UserPool", POOL);
    mistakes.extend(of_resources(template, "AWS::Cognito::UserPoolClient", CLIENT));
    mistakes
}
