//! The tools that the tasks need: each is looked for, and installed if it is missing.

pub(crate) mod browsers;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod rust;
pub(crate) mod tools;
