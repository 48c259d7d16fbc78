//! The gateway over a real socket. Where a limit has to bite, a token takes an hour, so that no test depends on how
//! fast this machine is.

mod admin;
mod cors;
mod faults;
mod gateway_responses;
mod hostile;
mod observability;
mod open_api;
mod orders;
mod reload;
mod requests;
mod running;
mod source;
mod stopping;
mod template;
mod throttling;
mod tokens;
mod upstream;
