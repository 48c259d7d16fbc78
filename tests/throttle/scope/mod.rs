//! A request from its call to its end.

mod attempts;
mod close;
mod offline;
mod old_answers;
mod opaque;
mod properties;
