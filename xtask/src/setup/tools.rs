//! Programs from crates.io, each at one version, built once into the target folder.

use anyhow::{Context, Result};
use xshell::cmd;

use crate::workspace::Workspace;

/// A crate with a program.
pub(crate) struct Tool {
    name: &'static str,
    /// The program whose `--version` is compared.
    program: &'static str,
    version: String,
    /// Whether to build with the crate's own lock file.
    locked: bool,
}

/// Runs the tests that are compiled to WebAssembly.
pub(crate) fn wasm_pack() -> Tool {
    Tool { name: "wasm-pack", program: "wasm-pack", version: "0.15.1".into(), locked: true }
}

/// The runner of those tests, at the version of the library in Cargo.lock: the format between the two is private.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<Tool> {
    let lock = workspace.shell.read_file("Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    // Its own lock file names a yanked release.
    Ok(Tool { name: "wasm-bindgen-cli", program: "wasm-bindgen", version: version.to_owned(), locked: false })
}

/// Lets a test drive Firefox.
pub(crate) fn geckodriver() -> Tool {
    Tool { name: "geckodriver", program: "geckodriver", version: "0.37.1".into(), locked: true }
}

/// Reads the licences and sources of the dependencies.
pub(crate) fn cargo_deny() -> Tool {
    Tool { name: "cargo-deny", program: "cargo-deny", version: "0.20.2".into(), locked: true }
}

impl Tool {
    /// Installs the tool, unless the machine has it at this version.
    pub(crate) fn ensure(&self, workspace: &Workspace) -> Result<()> {
        let Self { name, program, version, locked } = self;
        let sh = &workspace.shell;
        let answer = cmd!(sh, "{program} --version").quiet().ignore_stderr().read().unwrap_or_default();
        if answer.split_whitespace().nth(1) == Some(version) {
            return Ok(());
        }
        println!("Installing {name} {version} (once, takes a minute or two)");
        let root = workspace.tools();
        let locked = locked.then_some("--locked");
        // Unoptimised: the tools run for a second or two, and an optimised build takes twice as long.
        cmd!(sh, "cargo install {name} --version {version} --root {root} --debug --force {locked...}")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .run()?;
        Ok(())
    }
}

fn locked_version<'lock>(lock: &'lock str, name: &str) -> Option<&'lock str> {
    let name = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry"
"#;

    #[test]
    fn the_version_is_that_of_the_very_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
    }

    #[test]
    fn a_package_that_is_not_locked_has_no_version() {
        assert_eq!(locked_version(LOCK, "wasm-pack"), None);
    }
}
