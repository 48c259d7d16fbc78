//! The format of an access log: which fields a line has, and which of them are in quotes.

use crate::template::{Place, Template};
use serde_json::Value;

/// A format whose lines are objects in JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AccessLogFormat(Vec<(String, Field)>);

/// The JSON type in which the format writes a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// `"$context.status"`
    Text,
    /// `$context.status`
    Number,
}

/// The format of a stage, where it is one that can be read.
pub(crate) fn format_of<'a>(stage: &Place<'a>) -> Option<Place<'a>> {
    stage.property("AccessLogSetting")?.get("Format").filter(|format| format.text().is_some())
}

/// The format of what is written to a log group, by its logical id.
pub(crate) fn written_to(template: &Template, log_group: &str) -> Option<AccessLogFormat> {
    template.resources("AWS::ApiGateway::Stage").find_map(|stage| {
        let destination = stage.property("AccessLogSetting")?.get("DestinationArn")?;
        let is_there = destination.node().references().contains(&log_group);
        AccessLogFormat::read(format_of(&stage)?.text()?).filter(|_| is_there)
    })
}

impl AccessLogFormat {
    /// None where its lines are no objects in JSON.
    pub(crate) fn read(format: &str) -> Option<AccessLogFormat> {
        let Ok(Value::Object(fields)) = serde_json::from_str(&sample(format)) else { return None };
        let kind = |value: &Value| if value.is_string() { Field::Text } else { Field::Number };
        Some(AccessLogFormat(fields.iter().map(|(name, value)| (name.clone(), kind(value))).collect()))
    }

    pub(crate) fn field(&self, name: &str) -> Option<Field> {
        self.0.iter().find_map(|(known, field)| (known == name).then_some(*field))
    }
}

/// The name of the field that has a variable for its value: `status` for `context.status`.
pub(crate) fn field_with<'a>(format: &'a str, variable: &str) -> Option<&'a str> {
    format.match_indices(&format!("${variable}")).find_map(|(at, found)| {
        let after = format.get(at + found.len()..)?;
        let is_whole = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        let before = format.get(..at).filter(|_| is_whole)?.trim_end_matches('"').strip_suffix("\":")?;
        before.rsplit_once('"').map(|(_, name)| name)
    })
}

/// The variables in a format, `context.identity.sourceIp`, without their dollar.
pub(crate) fn variables(format: &str) -> impl Iterator<Item = &str> {
    format.split('$').skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)));
        rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)
    })
}

/// A line that the format could make, with 0 for each variable.
fn sample(format: &str) -> String {
    variables(format).fold(format.to_owned(), |line, variable| line.replacen(&format!("${variable}"), "0", 1))
}
