//! The project's folder, and a shell in it that prefers the project's own tools to the machine's.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::Shell;

/// The checkout that the tasks work on.
pub(crate) struct Workspace {
    /// A shell at the root, with the project's tools first on its PATH.
    pub(crate) shell: Shell,
    /// The checkout's top folder.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
}

impl Workspace {
    pub(crate) fn open() -> Result<Self> {
        // `cargo run` sets the current place of the checkout; the compiler has set its place at the time of the build.
        let xtask = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&xtask).parent().context("xtask has no parent folder")?.to_owned();
        // The configuration may move the target folder, but this program is always in <target>/<profile>/.
        let program = env::current_exe().context("the path of xtask itself")?;
        let target = program.ancestors().nth(2).context("xtask lies outside of a target folder")?.to_owned();

        let shell = Shell::new()?;
        shell.change_dir(&root);
        let workspace = Self { shell, root, target };
        workspace.shell.set_var("PATH", workspace.search_path()?);
        Ok(workspace)
    }

    /// Root of `cargo install` for tools that belong to this project alone; their programs are in `bin` below.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    fn search_path(&self) -> Result<OsString> {
        let machine = env::var_os("PATH").unwrap_or_default();
        let own = [self.tools().join("bin"), self.root.join("node_modules/.bin")];
        Ok(env::join_paths(own.into_iter().chain(env::split_paths(&machine)))?)
    }
}
