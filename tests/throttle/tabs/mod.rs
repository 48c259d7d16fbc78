//! Several tabs of one origin, and what survives a reload.

mod company;
mod message;
mod persisted;
mod reload;
mod sharing;
