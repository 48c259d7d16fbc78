//! The program: its output and its exit.

mod errors;
mod flags;
mod life;
mod reload;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

fn gateway(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mock-gateway"));
    command.args(flags);
    command
}

fn run(flags: &[&str]) -> Output {
    gateway(flags).output().unwrap()
}

/// A running program. It is killed when its test ends, also after a panic.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(flags: &[&str]) -> (Program, String) {
    let mut child = gateway(flags).stdout(Stdio::piped()).spawn().unwrap();
    let url = listening(&mut child);
    (Program(child), url)
}

/// The address that the program prints.
fn listening(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url =
        line.strip_prefix("mock-gateway listening on ").unwrap_or_else(|| panic!("{line:?}")).trim_end();
    url.to_owned()
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// A temporary file, deleted when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, text: &str) -> Scratch {
        let file = std::env::temp_dir().join(format!("mock-gateway-{}-{name}", std::process::id()));
        fs::write(&file, text).unwrap();
        Scratch(file)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
