//! The tasks, each in a file.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod infra;
pub(crate) mod load;
pub(crate) mod simulate;
pub(crate) mod size;
pub(crate) mod test;
