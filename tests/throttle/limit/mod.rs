//! The pace of requests after a limit was met.

mod company;
mod pace;
mod recovery;
