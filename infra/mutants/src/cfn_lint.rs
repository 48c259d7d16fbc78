//! cfn-lint, asked about many templates by few processes: it takes longer to start than to look at a template.

use anyhow::{Context, Result, ensure};
use std::io::Write;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// The installation of cfn-lint.
#[derive(Debug, Clone)]
pub struct CfnLint {
    /// The Python interpreter that has cfn-lint.
    pub python: PathBuf,
}

const PROGRAM: &str = include_str!("../lint.py");

impl CfnLint {
    /// Returns the first finding for each template in JSON, in their order.
    pub(crate) fn ask(&self, templates: &[String]) -> Result<Vec<Option<String>>> {
        let processes = thread::available_parallelism().map_or(1, NonZero::get);
        let parts = templates.chunks(templates.len().div_ceil(processes).max(1));
        thread::scope(|scope| {
            let running: Vec<_> = parts.map(|part| scope.spawn(|| self.ask_one_process(part))).collect();
            let answers = running.into_iter().map(|thread| thread.join().expect("reading answers panicked"));
            Ok(answers.collect::<Result<Vec<_>>>()?.concat())
        })
    }

    /// Starts a process that reads its whole input before it answers.
    fn ask_one_process(&self, templates: &[String]) -> Result<Vec<Option<String>>> {
        let mut command = Command::new(&self.python);
        command.args(["-c", PROGRAM]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("starting {}", self.python.display()))?;
        let mut input = child.stdin.take().context("no standard input")?;
        for template in templates {
            writeln!(input, "{template}")?;
        }
        drop(input);
        let output = child.wait_with_output()?;
        ensure!(output.status.success(), "cfn-lint stopped: {}", output.status);
        let answers = String::from_utf8(output.stdout)?;
        let findings: Vec<_> =
            answers.lines().map(|line| (!line.is_empty()).then(|| line.to_owned())).collect();
        ensure!(
            findings.len() == templates.len(),
            "cfn-lint answered for {} of {}",
            findings.len(),
            templates.len()
        );
        Ok(findings)
    }
}
