//! The template file, which is read again when it changes.

use crate::cli::Cli;
use crate::files;
use mock_gateway::server::{Reloader, Template};
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// The interval between two readings. Reading the file is cheaper than file notifications, and also detects that the
/// file was replaced.
const PERIOD: Duration = Duration::from_secs(1);

/// A template file, and its text at the last reading.
#[derive(Debug)]
pub(crate) struct TemplateFile {
    file: PathBuf,
    stage: Option<String>,
    /// The text in force.
    text: String,
    /// The text at the last reading.
    seen: String,
}

impl TemplateFile {
    /// Opens the file that the flags name, if any.
    pub(crate) fn open(cli: &Cli) -> Result<Option<TemplateFile>, String> {
        let Some(file) = cli.template.clone() else { return Ok(None) };
        let text = files::text_of_template(&file)?;
        Ok(Some(TemplateFile { file, stage: cli.stage.clone(), seen: text.clone(), text }))
    }

    pub(crate) fn read(&self) -> Result<Template, String> {
        files::template(&self.file, &self.text, self.stage.as_deref())
    }

    /// Keeps the gateway at the file's contents, without end. An invalid file is a line in the log and changes
    /// nothing.
    pub(crate) fn follow(
        mut self,
        cli: Cli,
        reloader: Reloader,
    ) -> io::Result<impl Future<Output = ()> + Send + 'static> {
        let mut hangup = Hangup::listen()?;
        let mut tick = interval(PERIOD);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Ok(async move {
            loop {
                let is_told = tokio::select! {
                    _ = tick.tick() => false,
                    () = hangup.told() => true,
                };
                match self.look(is_told, &cli, &reloader) {
                    Ok(false) => {}
                    Ok(true) => tracing::info!("took the limits of {} anew", self.file.display()),
                    Err(error) => tracing::error!("keeps the limits that it has: {error}"),
                }
            }
        })
    }

    /// Takes the limits again if the file has changed, or if a signal asks for it (`is_told`). Returns whether it
    /// did.
    fn look(&mut self, is_told: bool, cli: &Cli, reloader: &Reloader) -> Result<bool, String> {
        // A missing file is usually being replaced, so only a signal makes it an error.
        let text = match files::text_of_template(&self.file) {
            Err(_) if !is_told => return Ok(false),
            text => text?,
        };
        // A text that was the same a period ago is completely written.
        let is_new = text == self.seen && text != self.text;
        self.seen.clone_from(&text);
        if !is_new && !is_told {
            return Ok(false);
        }
        self.text = text;
        let limits = cli.limits(Some(self.read()?))?;
        reloader.follow(limits).map_err(|error| format!("{}: {error}", self.file.display()))?;
        Ok(true)
    }
}

/// SIGHUP, the customary signal to read a file again.
#[cfg(unix)]
struct Hangup(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Hangup {
    fn listen() -> io::Result<Hangup> {
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).map(Hangup)
    }

    async fn told(&mut self) {
        self.0.recv().await;
    }
}

/// Other systems have no such signal.
#[cfg(not(unix))]
struct Hangup;

#[cfg(not(unix))]
impl Hangup {
    fn listen() -> io::Result<Hangup> {
        Ok(Hangup)
    }

    async fn told(&mut self) {
        std::future::pending().await
    }
}
