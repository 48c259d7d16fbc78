//! Routes: a method and a path each, some of which have a limit of their own.

pub(crate) mod detector;

/// A method and a path, by a number that whoever drives the scope gives it. Usage plans limit single methods too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Route(pub u32);

impl Route {
    /// It is not known which.
    pub const UNKNOWN: Route = Route(0);
}
