//! The browsers and drivers of the tests that are written in JavaScript.

use std::ffi::OsString;

use anyhow::Result;
use xshell::cmd;

use crate::background::{Background, free_port};
use crate::engine::Engine;
use crate::setup::{browsers, tools};
use crate::webkit::Webkit;
use crate::workspace::Workspace;

/// Chromium, which Playwright starts, and a WebDriver for each other engine. Dropping this stops the drivers.
pub(crate) struct Drivers {
    variables: Vec<(&'static str, OsString)>,
    _firefox: Option<Background>,
    _webkit: Option<Webkit>,
}

impl Drivers {
    /// Installs missing browsers and drivers of these engines, and starts the drivers. Chromium is always included.
    pub(crate) fn start(workspace: &Workspace, engines: &[Engine]) -> Result<Self> {
        let mut variables = vec![("CHROMIUM", browsers::ensure_chromium(workspace)?.into_os_string())];
        let mut firefox = None;
        if engines.contains(&Engine::Firefox) {
            let program = browsers::ensure_firefox(workspace)?;
            tools::geckodriver().ensure(workspace)?;
            let port = free_port(4_444)?;
            let number = port.to_string();
            let command = cmd!(workspace.shell, "geckodriver --port {number} --log fatal --binary {program}");
            firefox = Some(Background::listening("driver of Firefox", command.quiet().into(), port)?);
            variables.push(("FIREFOX_DRIVER", format!("http://127.0.0.1:{port}").into()));
        }
        let mut webkit = None;
        if engines.contains(&Engine::Webkit) {
            let driver = webkit.insert(Webkit::start(workspace)?);
            variables.push(("WEBKIT_DRIVER", driver.url.clone().into()));
            variables.push(("MINIBROWSER", driver.browser.clone().into()));
        }
        Ok(Self { variables, _firefox: firefox, _webkit: webkit })
    }

    /// The variables that name the drivers to a test runner. It leaves out the tests of an engine without a variable.
    pub(crate) fn environment(&self) -> impl Iterator<Item = (&'static str, OsString)> {
        self.variables.iter().cloned()
    }
}
