//! The gateway over a real socket. Tests that must meet the limit use one token an hour, so that none depends on this
//! machine's speed.

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
