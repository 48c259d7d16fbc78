//! The npm packages of the workspace.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::beside::Beside;
use crate::workspace::Workspace;

const NODE: (u32, u32) = (20, 19);

/// Installs the packages of package-lock.json, unless they have been installed since it changed.
pub(crate) fn ensure_packages(workspace: &Workspace) -> Result<()> {
    start_packages(workspace)?.map_or(Ok(()), Beside::finish)
}

/// Starts the installation of the packages of package-lock.json. `None` if they are installed.
pub(crate) fn start_packages(workspace: &Workspace) -> Result<Option<Beside>> {
    let sh = &workspace.shell;
    let version =
        cmd!(sh, "node --version").quiet().read().context("Node is missing: install Node 20.19 or newer")?;
    if parse_version(&version).is_none_or(|version| version < NODE) {
        bail!("Node {version} is too old: install Node 20.19 or newer");
    }
    // npm writes node_modules/.package-lock.json at the end of an installation.
    let wanted = modified(&workspace.root.join("package-lock.json"))?;
    if modified(&workspace.root.join("node_modules/.package-lock.json"))
        .is_ok_and(|installed| installed >= wanted)
    {
        return Ok(None);
    }
    println!("Installing npm packages");
    Ok(Some(Beside::start("npm ci", cmd!(sh, "npm ci --loglevel=error").quiet().into())?))
}

fn modified(path: &Path) -> Result<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).with_context(|| format!("{}", path.display()))
}

/// Major and minor of `v20.19.0`.
fn parse_version(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::parse_version;

    #[test]
    fn a_minor_of_two_digits_is_newer_than_one_of_one() {
        assert!(parse_version("v20.19.0") > parse_version("v20.9.3"));
    }

    #[test]
    fn what_is_no_version_is_none() {
        assert_eq!(parse_version("node"), None);
    }
}
