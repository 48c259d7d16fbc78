use api_service_client::time::Span;

use crate::workload::Workload;

/// One of several tabs that are not all alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tab {
    /// What its page calls.
    pub workload: Workload,
    /// When it opens.
    pub opens: Span,
    /// How long after that it begins to call.
    pub calls: Span,
    /// When it ends without a word, and everything that it waits for with it.
    pub crashes: Option<Span>,
    /// From when until when nothing happens in it: no timer fires, no answer and no word comes in.
    pub freezes: Option<(Span, Span)>,
}

impl Tab {
    /// One that is there from the start to the end.
    #[must_use]
    pub const fn with(workload: Workload) -> Tab {
        Tab { workload, opens: Span::ZERO, calls: Span::ZERO, crashes: None, freezes: None }
    }
}

/// How words travel from tab to tab.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Talk {
    /// The share of them that is lost on the way, for each listener by itself.
    pub lost: f64,
    /// The share that arrives twice, the second time late.
    pub doubled: f64,
}

impl Talk {
    /// As browsers have it.
    pub const RELIABLE: Talk = Talk { lost: 0.0, doubled: 0.0 };
    /// The quickest and the slowest way from tab to tab.
    pub const TAKES: (Span, Span) = (Span::from_millis(1), Span::from_millis(5));
    /// How late the second of two is at most.
    pub const LATE: Span = Span::from_millis(500);
}
