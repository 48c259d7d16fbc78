//! A program whose output is both shown and read.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use anyhow::{Context, Result};

/// Runs `command` to its end. Each printed line goes to the terminal and to `read`.
pub(crate) fn run(command: &mut Command, mut read: impl FnMut(&str)) -> Result<ExitStatus> {
    let program = command.get_program().to_owned();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let (lines, seen) = channel();
    let out = child.stdout.take().map(|pipe| show(pipe, io::stdout(), lines.clone()));
    let err = child.stderr.take().map(|pipe| show(pipe, io::stderr(), lines.clone()));
    drop(lines);
    for line in seen {
        read(&line);
    }
    for thread in [out, err].into_iter().flatten() {
        thread.join().map_err(|_| anyhow::anyhow!("a reader of {} panicked", program.display()))??;
    }
    Ok(child.wait()?)
}

fn show(
    pipe: impl Read + Send + 'static,
    mut terminal: impl Write + Send + 'static,
    lines: Sender<String>,
) -> thread::JoinHandle<io::Result<()>> {
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe.read_until(b'\n', &mut line)? > 0 {
            terminal.write_all(&line)?;
            // The receiver is dropped only when this program ends.
            let _ = lines.send(String::from_utf8_lossy(&line).trim_end().to_owned());
            line.clear();
        }
        terminal.flush()
    })
}
