//! The pace of requests after a limit was met.

mod pace;
mod recovery;
