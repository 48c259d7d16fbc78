//! Routes: a method and a path each, some of which have a limit of their own.

pub(crate) mod detector;

/// A method and a path, numbered by whoever drives the scope. Usage plans limit single methods too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Route(pub u32);

impl Route {
    /// The route is not known.
    pub const UNKNOWN: Route = Route(0);
}

/// The scope that a request of a route belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteTarget {
    /// The scope that its route is part of.
    Parent,
    /// The scope that the route has for itself.
    Own,
}
