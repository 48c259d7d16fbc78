//! The browsers that the tests drive, from the system's packages.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use crate::workspace::Workspace;

/// Programs of which one is enough, and the Debian package that brings the first.
struct Browser {
    programs: &'static [&'static str],
    package: &'static str,
}

const CHROMIUM: Browser =
    Browser { programs: &["chromium", "chromium-browser", "google-chrome"], package: "chromium" };
const CHROMEDRIVER: Browser = Browser { programs: &["chromedriver"], package: "chromium-driver" };
const FIREFOX: Browser = Browser { programs: &["firefox", "firefox-esr"], package: "firefox-esr" };

/// Chromium with its driver, and Firefox.
pub(crate) fn ensure_browsers(workspace: &Workspace) -> Result<()> {
    ensure(&workspace.shell, &[CHROMIUM, CHROMEDRIVER, FIREFOX])
}

/// Chromium's program, for tests that drive it themselves.
pub(crate) fn ensure_chromium(workspace: &Workspace) -> Result<PathBuf> {
    let sh = &workspace.shell;
    ensure(sh, &[CHROMIUM])?;
    CHROMIUM.find(sh).context("Chromium is not where its package should have put it")
}

fn ensure(sh: &Shell, browsers: &[Browser]) -> Result<()> {
    let missing: Vec<_> =
        browsers.iter().filter(|browser| browser.find(sh).is_none()).map(|it| it.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let is_root = cmd!(sh, "id -u").quiet().read().is_ok_and(|id| id == "0");
    if !is_root || find(sh, "apt-get").is_none() {
        bail!(
            "browsers are missing: install them with `sudo apt-get install {list}`, or your system's equivalent"
        );
    }
    println!("Installing {list}");
    let _noninteractive = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
    cmd!(sh, "apt-get update --quiet=2").run()?;
    cmd!(sh, "apt-get install --yes --quiet=2 --no-install-recommends {missing...}").run()?;
    Ok(())
}

impl Browser {
    fn find(&self, sh: &Shell) -> Option<PathBuf> {
        self.programs.iter().find_map(|program| find(sh, program))
    }
}

fn find(sh: &Shell, program: &str) -> Option<PathBuf> {
    let path = sh.var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
