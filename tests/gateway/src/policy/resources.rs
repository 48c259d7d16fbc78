//! Maps a path to its resource.

use super::method::Method;
use std::sync::Arc;

/// The resources of an API, in Amazon's notation: `/items/{id}`, and `/items/{proxy+}` for all paths below.
///
/// ```
/// use mock_gateway::policy::{Method, Resources};
///
/// let resources = Resources::new(["/items/{id}", "/items/{proxy+}"])?;
/// assert_eq!(resources.method("GET", "/items/17"), Some(Method::new("GET", "/items/{id}")));
/// assert_eq!(resources.method("GET", "/items/17/parts"), Some(Method::new("GET", "/items/{proxy+}")));
/// assert_eq!(resources.method("GET", "/items"), None);
/// # Ok::<(), mock_gateway::policy::ResourceError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Resources(Vec<Resource>);

#[derive(Debug, Clone)]
struct Resource {
    template: Arc<str>,
    segments: Vec<Segment>,
}

/// A segment of a path. Precedence follows the order: literal text, then `{name}`, then `{name+}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(String),
    Parameter,
    Rest,
}

/// The error for two resources that differ only in the names of their parameters: one would be unreachable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the resources '{first}' and '{second}' have the same paths")]
pub struct ResourceError {
    /// The first resource.
    pub first: String,
    /// The second resource.
    pub second: String,
}

impl Resources {
    /// Collects these resources. A repeated resource counts once.
    ///
    /// # Errors
    /// Two resources match the same paths.
    pub fn new<'a>(templates: impl IntoIterator<Item = &'a str>) -> Result<Resources, ResourceError> {
        let mut resources: Vec<_> = templates.into_iter().map(Resource::new).collect();
        resources
            .sort_by(|one, other| (&one.segments, &one.template).cmp(&(&other.segments, &other.template)));
        resources.dedup_by(|one, other| one.template == other.template);
        let mut pairs = resources.iter().zip(resources.iter().skip(1));
        match pairs.find(|(one, other)| one.segments == other.segments) {
            Some((one, other)) => {
                Err(ResourceError { first: one.template.to_string(), second: other.template.to_string() })
            }
            None => Ok(Resources(resources)),
        }
    }

    /// The method that a request calls; `None` if no resource matches. Each resource has all methods.
    #[must_use]
    pub fn method(&self, verb: &str, path: &str) -> Option<Method> {
        let found = self.0.iter().find(|resource| resource.has(path))?;
        Some(Method::new(verb, found.template.clone()))
    }
}

impl Resource {
    fn new(template: &str) -> Resource {
        Resource { template: template.into(), segments: template.split('/').map(Segment::new).collect() }
    }

    fn has(&self, path: &str) -> bool {
        let mut parts = path.split('/');
        for segment in &self.segments {
            match (segment, parts.next()) {
                (Segment::Literal(literal), Some(part)) if literal == part => {}
                (Segment::Parameter, Some(part)) if !part.is_empty() => {}
                (Segment::Rest, Some(part)) => return !part.is_empty(),
                _ => return false,
            }
        }
        parts.next().is_none()
    }
}

impl Segment {
    fn new(segment: &str) -> Segment {
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) if name.ends_with('+') => Segment::Rest,
            Some(_) => Segment::Parameter,
            None => Segment::Literal(segment.to_owned()),
        }
    }
}
