//! The reasons for which nothing leaves, and how long each lasts.

mod backoff;
mod manual_pause;
mod pause;
mod pause_too_long;
mod quota;
mod server_budget;
mod suspicion;
