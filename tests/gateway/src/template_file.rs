//! The template that limits are taken from, and taken again when it changes.

use crate::cli::Cli;
use crate::files;
use mock_gateway::server::{Reloader, Template};
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often it is looked at. Reading it again takes less than the system's ways of being told, and does not miss a
/// file that is put in the place of the old one.
const PERIOD: Duration = Duration::from_secs(1);

/// A template as it was read last.
#[derive(Debug)]
pub(crate) struct TemplateFile {
    file: PathBuf,
    stage: Option<String>,
    /// What was read last.
    text: String,
    /// What stood there when it was looked at last.
    seen: String,
}

impl TemplateFile {
    /// The one that the flags name, if any.
    pub(crate) fn open(cli: &Cli) -> Result<Option<TemplateFile>, String> {
        let Some(file) = cli.template.clone() else { return Ok(None) };
        let text = files::text_of_template(&file)?;
        Ok(Some(TemplateFile { file, stage: cli.stage.clone(), seen: text.clone(), text }))
    }

    pub(crate) fn read(&self) -> Result<Template, String> {
        files::template(&self.file, &self.text, self.stage.as_deref())
    }

    /// Keeps a gateway at what the file says, for ever. A file that is wrong is one line in the log, and changes nothing.
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

    /// Whether it has taken the limits anew: because the file is not as it was, or because it `is_told`.
    fn look(&mut self, is_told: bool, cli: &Cli, reloader: &Reloader) -> Result<bool, String> {
        // A file that is gone is only being replaced, unless somebody asks.
        let text = match files::text_of_template(&self.file) {
            Err(_) if !is_told => return Ok(false),
            text => text?,
        };
        // What has stood there for a period is not half written.
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

/// SIGHUP: the customary way to have a file read again.
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

/// There is no such signal.
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
