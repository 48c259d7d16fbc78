//! What the tasks need on a machine: each is looked for, and installed where it is missing.

pub(crate) mod browsers;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod rust;
pub(crate) mod tools;
