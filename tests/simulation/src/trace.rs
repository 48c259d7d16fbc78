//! A run as text.

use std::fmt::{self, Display, Formatter};

use api_service_client::throttle::Notice;
use api_service_client::time::{Instant, Span};

use crate::client::Ending;
use crate::record::{Event, Record, Send, What};

/// The events between two moments as text, one line for each.
#[derive(Debug)]
pub struct Trace<'a> {
    /// The record of the run.
    pub record: &'a Record,
    /// The first moment shown.
    pub from: Span,
    /// The last moment shown.
    pub to: Span,
}

impl Display for Trace<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:>11} {:>6}  {:<42} {:>8}  {:>10} {:>6} {:>7} {:>6} {:>4} {:>8}",
            "seconds", "client", "what happens", "room", "state", "queued", "on wire", "sent", "429", "rate"
        )?;
        let shown = |event: &&Event| {
            // The line of the answer implies it.
            let is_news = !matches!(event.what, What::Ended(_, Ending::Answered));
            is_news && (self.from..=self.to).contains(&event.at.since(Instant::START))
        };
        let shown: Vec<&Event> = self.record.events.iter().filter(shown).collect();
        for calls in shown.chunk_by(|one, next| is_call(one) && is_call(next) && one.at == next.at) {
            match calls {
                [first, .., last] => line(f, last, &format!("{} … {}", words(first.what), words(last.what)))?,
                _ => calls.iter().try_for_each(|event| line(f, event, &words(event.what)))?,
            }
        }
        self.record.broken.iter().try_for_each(|broken| writeln!(f, "BROKEN {broken}"))
    }
}

fn is_call(event: &Event) -> bool {
    matches!(event.what, What::Called(_))
}

fn line(f: &mut Formatter<'_>, event: &Event, words: &str) -> fmt::Result {
    let at = event.at.since(Instant::START).as_secs();
    write!(f, "{at:>11.6} {:>6}  {words:<42} {:>8.2}", event.client.0, event.room)?;
    if let Some(scope) = event.scope {
        let state = format!("{:?}", scope.status);
        write!(
            f,
            "  {state:>10} {:>6} {:>7} {:>6} {:>4} {:>8}",
            scope.queued,
            scope.in_flight,
            scope.sent,
            scope.throttled,
            scope.rate.map_or_else(String::new, |rate| format!("{rate:.3}"))
        )?;
    }
    writeln!(f)
}

fn words(what: What) -> String {
    match what {
        What::Called(request) => format!("call      #{}", request.0),
        What::Sent(send) => format!("send    > {}", which(send)),
        What::Admitted(send) => format!("admit   | {}", which(send)),
        What::Refused(send, after) => format!("REFUSE  | {}{}", which(send), header(after)),
        What::Answered(send) => format!("answer  < {}", which(send)),
        What::Throttled(send, after) => format!("429     < {}{}", which(send), header(after)),
        What::Lost(send) => format!("LOST    < {}", which(send)),
        What::Probed(true) => "probe   | admitted".to_owned(),
        What::Probed(false) => "probe   | refused".to_owned(),
        What::Network(true) => "NETWORK   is back".to_owned(),
        What::Network(false) => "NETWORK   is gone".to_owned(),
        What::Noticed(Notice::Throttled { delay, source }) => {
            format!("PAUSE     for {} ({source:?})", secs(delay))
        }
        What::Noticed(Notice::Extended { delay, source }) => {
            format!("PAUSE     longer: {} from now ({source:?})", secs(delay))
        }
        What::Noticed(Notice::Resumed { paused }) => format!("RESUME    after {}", secs(paused)),
        What::Noticed(other) => format!("{other:?}"),
        What::Ended(request, ending) => format!("END       #{} {ending:?}", request.0),
        What::Woken => "timer".to_owned(),
        What::Said => "says".to_owned(),
        What::Received => "receives".to_owned(),
        What::Crashed => "CRASH".to_owned(),
        What::Other(true) => "other   | admitted".to_owned(),
        What::Other(false) => "other   | refused".to_owned(),
    }
}

fn which(send: Send) -> String {
    match send.attempt {
        1 => format!("#{}", send.request.0),
        attempt => format!("#{} (attempt {attempt})", send.request.0),
    }
}

fn header(retry_after: Option<Span>) -> String {
    retry_after.map_or_else(String::new, |delay| format!(", Retry-After: {}", delay.as_secs()))
}

fn secs(span: Span) -> String {
    format!("{:.3} s", span.as_secs())
}
