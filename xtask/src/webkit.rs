//! WebKit: the driver of WebKitGTK on a virtual screen.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use xshell::cmd;

use crate::background::{Background, free_port};
use crate::setup::browsers;
use crate::workspace::Workspace;

/// A driver that starts MiniBrowser for each session. Dropping this stops the driver, then its screen.
pub(crate) struct Webkit {
    /// The address of the driver.
    pub(crate) url: String,
    /// The browser to start. Without a name the driver looks for another browser.
    pub(crate) browser: PathBuf,
    _driver: Background,
    _screen: Background,
}

impl Webkit {
    /// Installs missing packages, and starts the screen and the driver.
    pub(crate) fn start(workspace: &Workspace) -> Result<Self> {
        let browser = browsers::ensure_webkit(workspace)?;
        let sh = &workspace.shell;
        // Xvfb takes a free display number and prints it.
        let screen =
            cmd!(sh, "Xvfb -displayfd 1 -screen 0 1280x1024x24 -nolisten tcp").quiet().ignore_stderr();
        let (screen, display) = Background::start("screen", screen.into(), "")?;

        let port = free_port(4_444)?;
        let port_number = port.to_string();
        let driver =
            cmd!(sh, "WebKitWebDriver --port={port_number}").quiet().env("DISPLAY", format!(":{display}"));
        let mut driver = Command::from(driver);
        if browsers::is_root(sh) {
            // The sandbox does not start for root. The tests open pages of this machine only.
            driver.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        }
        let driver = Background::listening("driver of WebKit", driver, port)?;
        Ok(Self { url: format!("http://127.0.0.1:{port}"), browser, _driver: driver, _screen: screen })
    }
}
