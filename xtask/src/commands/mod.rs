//! One task a file.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod test;
