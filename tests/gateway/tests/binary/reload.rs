//! A template that changes while the program runs.

use crate::{Program, Scratch, agent, gateway, listening};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A plan with this burst and one token each quarter of an hour.
fn plan(burst: &str) -> String {
    format!(
        "Resources: {{ P: {{ Type: 'AWS::ApiGateway::UsagePlan', Properties: {{ Throttle: {{ RateLimit: 0.001, BurstLimit: {burst} }} }} }} }}"
    )
}

/// A program with a template, and its log.
struct Running {
    program: Program,
    url: String,
    template: Scratch,
    log: BufReader<std::process::ChildStderr>,
}

fn start(name: &str) -> Running {
    let template = Scratch::new(name, &plan("1"));
    let mut command = gateway(&["--port", "0", "--log", "info", "--template", template.path()]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let log = BufReader::new(child.stderr.take().unwrap());
    let url = listening(&mut child);
    Running { program: Program(child), url, template, log }
}

impl Running {
    fn status(&self) -> u16 {
        agent().get(format!("{}/api/v1/resource", self.url)).call().unwrap().status().as_u16()
    }

    fn write(&self, text: &str) {
        fs::write(self.template.path(), text).unwrap();
    }

    /// The next line of the log.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.log.read_line(&mut line).unwrap();
        line
    }
}

#[test]
fn a_template_that_changes_is_read_again_within_seconds() {
    let mut running = start("changing.yaml");
    assert_eq!([running.status(), running.status()], [200, 429]);
    let changed = Instant::now();
    running.write(&plan("2"));
    assert!(running.line().contains("took the limits of"));
    assert!(changed.elapsed() < Duration::from_secs(20), "{:?}", changed.elapsed());
    assert_eq!([0; 3].map(|_| running.status()), [200, 200, 429]);
}

#[cfg(unix)]
#[test]
fn it_is_read_at_once_when_the_program_is_told_to() {
    let mut running = start("told.yaml");
    running.write(&plan("3"));
    let id = running.program.0.id().to_string();
    assert!(Command::new("kill").args(["-HUP", &id]).status().unwrap().success());
    assert!(running.line().contains("took the limits of"));
    assert_eq!([0; 4].map(|_| running.status()), [200, 200, 200, 429]);
}

#[test]
fn one_that_is_wrong_is_one_line_in_the_log_and_the_old_plan_stays() {
    let mut running = start("wrong.yaml");
    assert_eq!([running.status(), running.status()], [200, 429]);
    running.write(&plan("1.5"));
    let line = running.line();
    assert!(line.contains("ERROR") && line.contains("keeps the limits that it has"), "{line}");
    assert!(line.contains(running.template.path()) && line.contains("BurstLimit: 1.5: "), "{line}");
    assert_eq!(running.status(), 429);
    // The next line reports the next change: a mistake that stays is reported once.
    running.write(&plan("2"));
    let line = running.line();
    assert!(line.contains("took the limits of"), "{line}");
    assert_eq!([0; 3].map(|_| running.status()), [200, 200, 429]);
}
