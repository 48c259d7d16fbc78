//! The program: what it prints, how it ends.

mod errors;
mod flags;
mod life;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

fn gateway(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock-gateway"));
    command.args(flags);
    command
}

fn run(flags: &[&str]) -> Output {
    gateway(flags).output().unwrap()
}

/// Killed when a test ends, however it ends.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(flags: &[&str]) -> (Program, String) {
    let mut child = gateway(flags).stdout(Stdio::piped()).spawn().unwrap();
    let stdout = child.stdout.take().unwrap();
    let program = Program(child);
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    let url =
        line.strip_prefix("mock-gateway listening on ").unwrap_or_else(|| panic!("{line:?}")).trim_end();
    (program, url.to_owned())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}
