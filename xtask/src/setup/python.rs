//! Programs from the Python Package Index, each at one version and in an environment of its own.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::workspace::Workspace;

/// A package that brings a program.
pub(crate) struct PythonTool {
    /// The package, and the program that it brings.
    name: &'static str,
    version: &'static str,
    /// What it can do without, and the project cannot.
    with: &'static [&'static str],
}

/// Knows the resources of CloudFormation and what they are made of.
pub(crate) const CFN_LINT: PythonTool = PythonTool { name: "cfn-lint", version: "1.58.0", with: &[] };

/// Reads the workflows of GitHub Actions: their schema, pinned versions, permissions and injected text.
pub(crate) const ZIZMOR: PythonTool = PythonTool { name: "zizmor", version: "1.32.0", with: &[] };

/// Imitates Amazon's services. It verifies tokens only with cryptography.
pub(crate) const MINISTACK: PythonTool =
    PythonTool { name: "ministack", version: "1.5.33", with: &["cryptography==50.0.2"] };

impl PythonTool {
    /// The program, installed if this project does not have it yet.
    pub(crate) fn ensure(&self, workspace: &Workspace) -> Result<PathBuf> {
        let Self { name, version, with } = *self;
        let sh = &workspace.shell;
        let environment = workspace.tools().join(format!("{name}-{version}"));
        let programs = environment.join("bin");
        // Written last, so that an installation that was interrupted starts anew. So does one that was moved: its programs
        // name their interpreter by its path.
        let complete = environment.join("complete");
        let place = environment.display().to_string();
        if sh.read_file(&complete).ok().as_ref() != Some(&place) {
            println!("Installing {name} {version} (once, takes half a minute)");
            cmd!(sh, "python3 -m venv --clear {environment}").quiet().run().context(
                "Python 3 and its module venv are needed (on Debian: apt-get install python3-venv)",
            )?;
            let pip = programs.join("pip");
            cmd!(sh, "{pip} install --quiet --disable-pip-version-check {name}=={version} {with...}")
                .quiet()
                .run()
                .with_context(|| {
                    format!("pip could not install {name} {version}: does it reach a package index (PIP_INDEX_URL)?")
                })?;
            sh.write_file(complete, place)?;
        }
        Ok(programs.join(name))
    }
}
