//! The rules. A file holds the rules about one kind of resource; a rule is one entry of [`RULES`].

mod access_log;
mod alarm;
mod alarm_metric;
mod api_key;
mod burst;
mod dashboard;
mod deployment;
mod document;
mod gateway_response;
mod limit;
mod list;
mod metric_filter;
mod operation;
mod origin;
mod output;
mod parameter;
mod preflight_answer;
mod proxy;
mod reference;
mod refusal_metric;
mod settings;
mod stage;
mod usage_plan;
mod web_acl;

use crate::mistake::{Finding, Mistake};
use crate::template::Template;

pub use list::RULES;

/// A demand on a template.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in messages.
    pub id: &'static str,
    /// The demand, in a sentence.
    pub asks: &'static str,
    mistakes: fn(&Template) -> Vec<Mistake>,
}

impl Rule {
    /// Returns the places where a template breaks the rule.
    #[must_use]
    pub fn findings(&self, template: &Template) -> Vec<Finding> {
        let mistakes = (self.mistakes)(template).into_iter();
        mistakes.map(|mistake| Finding { rule: self.id, mistake }).collect()
    }
}
