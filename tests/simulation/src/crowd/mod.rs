//! Crowds: independent users of one API key, who share a gateway's bucket and know nothing of each other.
//!
//! Each user has a client of its own. Beside the project's client stand small models of what pages use otherwise, so
//! that the figures can be compared.

mod arrivals;
mod contenders;
mod network;
mod outcome;
mod row;
mod rows;
mod table;
mod user;

pub use arrivals::Arrivals;
pub use contenders::Contender;
pub use network::{Crowded, run_crowd};
pub use outcome::{CrowdMeasures, CrowdOutcome};
pub use row::CrowdRow;
pub use rows::crowd_rows;
pub use table::{CROWD_LEGEND, crowd_table};
pub use user::{Step, User};
