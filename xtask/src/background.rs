//! A server that runs beside a task, and not a moment longer.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

/// Stopped when dropped.
pub(crate) struct Background {
    pub(crate) name: &'static str,
    child: Child,
}

impl Background {
    /// Starts the server, and waits for the line that starts with `ready`. Returns the rest of that line too.
    pub(crate) fn start(name: &'static str, mut command: Command, ready: &str) -> Result<(Self, String)> {
        let child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start the {name}"))?;
        let mut server = Self { name, child };
        let output = server.child.stdout.take().with_context(|| format!("the {name} has no output"))?;
        let mut lines = BufReader::new(output).lines();
        for line in lines.by_ref() {
            let line = line?;
            let Some(rest) = line.trim_start().strip_prefix(ready) else {
                println!("{line}");
                continue;
            };
            // Goes on reading: a full pipe would block the server.
            thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
            return Ok((server, rest.trim().to_owned()));
        }
        bail!("the {name} ended before it was ready")
    }

    /// How the server ended, if it did.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Either fails only where the server has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
