//! Tabs that differ, and their messages.

use api_service_client::time::Span;

use crate::workload::Workload;

/// One of several different tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tab {
    /// The calls of its page.
    pub workload: Workload,
    /// The moment at which it opens.
    pub opens: Span,
    /// Time from its opening to its first call.
    pub calls: Span,
    /// The moment of a crash. All pending calls of the tab end without a message to other tabs.
    pub crashes: Option<Span>,
    /// Start and end of a freeze: no timer fires, no answer and no message arrives.
    pub freezes: Option<(Span, Span)>,
}

impl Tab {
    /// A tab that is open for the whole run.
    #[must_use]
    pub const fn with(workload: Workload) -> Tab {
        Tab { workload, opens: Span::ZERO, calls: Span::ZERO, crashes: None, freezes: None }
    }
}

/// The delivery of messages between tabs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Talk {
    /// The fraction of lost messages, drawn for each listener.
    pub lost: f64,
    /// The fraction of messages that arrive twice, the second time late.
    pub doubled: f64,
}

impl Talk {
    /// Delivery as in browsers.
    pub const RELIABLE: Talk = Talk { lost: 0.0, doubled: 0.0 };
    /// The shortest and longest delivery.
    pub const TAKES: (Span, Span) = (Span::from_millis(1), Span::from_millis(5));
    /// The greatest delay of a second delivery.
    pub const LATE: Span = Span::from_millis(500);
}
