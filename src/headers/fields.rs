//! The header fields of a response, wherever they are kept.

/// The header fields of a response.
///
/// ```
/// use api_service_client::headers::Fields;
///
/// let fields = [("RateLimit", "\"burst\";r=9"), ("ratelimit", "\"daily\";r=99")];
/// assert_eq!(fields.get("ratelimit").as_deref(), Some("\"burst\";r=9, \"daily\";r=99"));
/// assert_eq!(fields.get("retry-after"), None);
/// ```
pub trait Fields {
    /// Returns the value of the field of this lower-case name, without white space around it. Several lines of a name are
    /// joined by ", " (RFC 9110 5.3), as `Headers.get` does.
    ///
    /// Across origins, a page can read only the fields that `Access-Control-Expose-Headers` names. Others are `None`.
    fn get(&self, name: &'static str) -> Option<String>;
}

/// Compares names without regard to case, as HTTP does.
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
