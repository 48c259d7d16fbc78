//! Routes that have a limit of their own.

mod detector;
