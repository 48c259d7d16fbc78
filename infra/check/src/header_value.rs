//! The value of a header in a gateway response.

/// API Gateway's reading of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderValue<'a> {
    /// `'1'`: this text.
    Static(&'a str),
    /// `method.request.header.Origin`: what stands there.
    Mapped,
    /// `'$context.requestId'`: a variable that is sent as it is written, because of its quotes.
    QuotedVariable,
    /// `1`: neither, and rejected or dropped.
    Neither,
}

/// The prefixes of a mapping.
const SOURCES: [&str; 5] = [
    "method.request.header.",
    "method.request.path.",
    "method.request.querystring.",
    "context.",
    "stageVariables.",
];

impl HeaderValue<'_> {
    pub(crate) fn read(text: &str) -> HeaderValue<'_> {
        let quoted = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        match quoted {
            Some(inside) if inside.starts_with('$') => HeaderValue::QuotedVariable,
            Some(inside) => HeaderValue::Static(inside),
            None if SOURCES.iter().any(|source| text.starts_with(source)) => HeaderValue::Mapped,
            None => HeaderValue::Neither,
        }
    }
}

/// Whether a list such as `Access-Control-Expose-Headers` names a header.
pub(crate) fn names(list: &str, header: &str) -> bool {
    list.split(',').map(str::trim).any(|name| name == "*" || name.eq_ignore_ascii_case(header))
}
