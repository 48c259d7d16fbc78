//! The flags that name a file.

use mock_gateway::server::{AccessLog, Template};
use std::fmt::Display;
use std::fs::{self, File};
use std::path::Path;

pub(crate) fn text_of_template(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| invalid("--template", file, &error))
}

pub(crate) fn template(file: &Path, text: &str, stage: Option<&str>) -> Result<Template, String> {
    Template::read(text, stage).map_err(|error| invalid("--template", file, &error))
}

/// Opens a file for appending; `-` is stdout.
pub(crate) fn access_log(file: &Path) -> Result<AccessLog, String> {
    if file == Path::new("-") {
        return Ok(AccessLog::new(std::io::stdout()));
    }
    let opened = File::options().create(true).append(true).open(file);
    opened.map(AccessLog::new).map_err(|error| invalid("--access-log", file, &error))
}

/// Formats the message as clap does.
fn invalid(flag: &str, file: &Path, error: &dyn Display) -> String {
    format!("invalid value '{}' for '{flag} <FILE>': {error}", file.display())
}
