//! The browsers that the tests drive, from the system's packages.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use crate::workspace::Workspace;

/// The names of a program, of which one is enough, and the Debian package of the first.
struct Browser {
    programs: &'static [&'static str],
    package: &'static str,
}

const CHROMIUM: Browser =
    Browser { programs: &["chromium", "chromium-browser", "google-chrome"], package: "chromium" };
const CHROMEDRIVER: Browser = Browser { programs: &["chromedriver"], package: "chromium-driver" };
const FIREFOX: Browser = Browser { programs: &["firefox", "firefox-esr"], package: "firefox-esr" };

const WEBKIT_DRIVER: Browser = Browser { programs: &["WebKitWebDriver"], package: "webkit2gtk-driver" };
const SCREEN: Browser = Browser { programs: &["Xvfb"], package: "xvfb" };

/// Chromium's program, for tests that drive it themselves.
pub(crate) fn ensure_chromium(workspace: &Workspace) -> Result<PathBuf> {
    let sh = &workspace.shell;
    ensure(sh, &[CHROMIUM])?;
    CHROMIUM.find(sh).context("the program of the package chromium is not on the PATH")
}

/// Chromium and the driver of its version.
pub(crate) fn ensure_chromium_driver(workspace: &Workspace) -> Result<()> {
    ensure(&workspace.shell, &[CHROMIUM, CHROMEDRIVER])
}

/// Firefox's program.
pub(crate) fn ensure_firefox(workspace: &Workspace) -> Result<PathBuf> {
    let sh = &workspace.shell;
    ensure(sh, &[FIREFOX])?;
    FIREFOX.find(sh).context("the program of the package firefox-esr is not on the PATH")
}

/// WebKit's MiniBrowser, which comes with the library, its driver, and a virtual screen.
pub(crate) fn ensure_webkit(workspace: &Workspace) -> Result<PathBuf> {
    ensure(&workspace.shell, &[WEBKIT_DRIVER, SCREEN])?;
    mini_browser().context("there is no MiniBrowser: is WebKitGTK installed?")
}

/// Finds MiniBrowser: its folder is named after the architecture and the version of the interface.
fn mini_browser() -> Option<PathBuf> {
    let folders_in =
        |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    let libraries = folders_in("/usr/lib".into()).chain(["/usr/libexec".into(), "/usr/lib".into()]);
    let versions = libraries.flat_map(folders_in);
    versions
        .filter(|folder| {
            folder.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"webkit"))
        })
        .map(|folder| folder.join("MiniBrowser"))
        .find(|file| file.is_file())
}

fn ensure(sh: &Shell, browsers: &[Browser]) -> Result<()> {
    let missing: Vec<_> =
        browsers.iter().filter(|browser| browser.find(sh).is_none()).map(|it| it.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_root(sh) || find(sh, "apt-get").is_none() {
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

/// Returns true for the superuser, as in a container. The sandboxes of browsers do not start for the superuser.
pub(crate) fn is_root(sh: &Shell) -> bool {
    cmd!(sh, "id -u").quiet().read().is_ok_and(|id| id == "0")
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
