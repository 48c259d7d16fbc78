//! Mutation testing of a CloudFormation template: changes it in every plausible way, and asks its checks about each change.
//!
//! [`generate`] makes the mutants, [`judge`] asks the checks, [`Equivalents`] lists the mutants that behave as the template
//! does, [`Report`] puts them together. A mutant that is neither found nor listed is missed.

mod cfn_lint;
mod equivalents;
mod generate;
mod json;
mod judge;
mod mutant;
mod report;

pub use cfn_lint::CfnLint;
pub use equivalents::{Equivalent, Equivalents};
pub use generate::generate;
pub use json::to_json;
pub use judge::{Verdict, judge};
pub use mutant::{Edit, Mutant, Step};
pub use report::Report;
