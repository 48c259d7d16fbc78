//! Programs from the Python Package Index, each at one version and in its own environment.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::workspace::Workspace;

/// A package with a program of the same name.
pub(crate) struct PythonTool {
    /// The package and its program.
    name: &'static str,
    version: &'static str,
    /// Optional dependencies of the package that the project needs.
    with: &'static [&'static str],
}

/// Checks a template against the schemas of CloudFormation.
pub(crate) const CFN_LINT: PythonTool = PythonTool { name: "cfn-lint", version: "1.58.0", with: &[] };

/// Reads the workflows of GitHub Actions: their schema, pinned versions, permissions and injected text.
pub(crate) const ZIZMOR: PythonTool = PythonTool { name: "zizmor", version: "1.32.0", with: &[] };

/// Imitates Amazon's services. It verifies tokens only if `cryptography` is installed.
pub(crate) const MINISTACK: PythonTool =
    PythonTool { name: "ministack", version: "1.5.33", with: &["cryptography==50.0.2"] };

impl PythonTool {
    /// Returns the program, and installs it first if it is missing.
    pub(crate) fn ensure(&self, workspace: &Workspace) -> Result<PathBuf> {
        let Self { name, version, with } = *self;
        let sh = &workspace.shell;
        let environment = workspace.tools().join(format!("{name}-{version}"));
        let programs = environment.join("bin");
        // Written last, so that an interrupted installation starts anew. A moved one does too: its programs name their
        // interpreter by its path.
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
