//! A program that runs to its end while the task goes on with something else.

use std::process::{Child, Command};

use anyhow::{Context, Result, ensure};

/// Stopped when dropped before its end.
pub(crate) struct Beside {
    name: &'static str,
    child: Child,
}

impl Beside {
    pub(crate) fn start(name: &'static str, mut command: Command) -> Result<Self> {
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { name, child })
    }

    /// Waits for the end of the program. An error if the program failed.
    pub(crate) fn finish(mut self) -> Result<()> {
        let status = self.child.wait()?;
        ensure!(status.success(), "{} failed: {status}", self.name);
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Both fail only if the program has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::Beside;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failure_is_an_error_that_names_the_program() {
        let failed = Beside::start("npm ci", shell("exit 3")).and_then(Beside::finish);
        assert!(failed.unwrap_err().to_string().starts_with("npm ci failed: exit status: 3"));
        Beside::start("npm ci", shell("exit 0")).and_then(Beside::finish).unwrap();
    }

    #[test]
    fn a_program_that_is_no_longer_wanted_is_stopped() {
        let beside = Beside::start("npm ci", shell("exec sleep 600")).unwrap();
        let id = beside.child.id().to_string();
        drop(beside);
        let alive = Command::new("sh").args(["-c", "kill -0 $0 2>/dev/null", &id]).status().unwrap();
        assert!(!alive.success());
    }
}
