//! The reasons for holding requests, and their duration.

mod backoff;
mod manual_pause;
mod pause;
mod pause_too_long;
mod quota;
mod server_budget;
mod suspicion;
