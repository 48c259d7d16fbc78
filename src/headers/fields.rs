//! The header fields of an answer, wherever they are kept.

/// The header fields of an answer.
///
/// ```
/// use api_service_client::headers::Fields;
///
/// let fields = [("RateLimit", "\"burst\";r=9"), ("ratelimit", "\"daily\";r=99")];
/// assert_eq!(fields.get("ratelimit").as_deref(), Some("\"burst\";r=9, \"daily\";r=99"));
/// assert_eq!(fields.get("retry-after"), None);
/// ```
pub trait Fields {
    /// The value of the field of this lower-case name, without white space around it; several lines of one
    /// name are joined by ", " (RFC 9110 5.3), as `Headers.get` does.
    ///
    /// `None` also where a page may not read the field: across origins that is every field that
    /// `Access-Control-Expose-Headers` does not name.
    fn get(&self, name: &'static str) -> Option<String>;
}

/// Names in any case, as on the wire.
impl Fields for &[(&str, &str)] {
    fn get(&self, name: &'static str) -> Option<String> {
        let lines = self.iter().filter(|(line, _)| line.eq_ignore_ascii_case(name));
        lines.map(|(_, value)| value.trim_ascii().to_owned()).reduce(|all, value| [all, value].join(", "))
    }
}

impl<const N: usize> Fields for [(&str, &str); N] {
    fn get(&self, name: &'static str) -> Option<String> {
        Fields::get(&self.as_slice(), name)
    }
}
