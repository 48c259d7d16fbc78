use api_service_client::throttle::Limits;
use api_service_client::time::Span;

use super::{Client, millis};

/// Tabs whose messages arrive at once, and whose time passes together.
pub(crate) struct Tabs {
    tabs: Vec<Client>,
    /// The requests in flight: tab, request, milliseconds so far.
    wire: Vec<(usize, u32, u64)>,
}

/// The gateway's bucket that they all share.
pub(crate) struct Bucket {
    pub(crate) per_milli: f64,
    pub(crate) burst: f64,
    pub(crate) tokens: f64,
}

/// The round trip of a request, in milliseconds.
const ROUND_TRIP: u64 = 20;

impl Tabs {
    /// Makes `count` tabs, whose ids are their indices.
    pub(crate) fn new(count: u32) -> Tabs {
        Tabs::with_limits(count, Limits::default())
    }

    pub(crate) fn with_limits(count: u32, limits: Limits) -> Tabs {
        let mut tabs = Tabs { tabs: Vec::new(), wire: Vec::new() };
        (0..count).for_each(|_| tabs.open(Client::with_limits(limits)));
        tabs
    }

    /// Opens another tab.
    pub(crate) fn open(&mut self, mut tab: Client) {
        tab.set_id(self.tabs.len() as u32);
        self.tabs.push(tab);
    }

    /// Opens a tab that shares nothing.
    pub(crate) fn open_without_id(&mut self, tab: Client) {
        self.tabs.push(tab);
    }

    /// Acts in one tab, and delivers the messages that follow.
    pub(crate) fn act<R>(&mut self, tab: usize, does: impl FnOnce(&mut Client) -> R) -> R {
        let result = does(&mut self.tabs[tab]);
        self.talk();
        result
    }

    /// Returns a tab to look at.
    pub(crate) fn tab(&mut self, tab: usize) -> &mut Client {
        &mut self.tabs[tab]
    }

    /// Passes the time of all tabs, in steps of 1 ms.
    pub(crate) fn pass(&mut self, span: Span) {
        for _ in 0..span.as_micros() / 1_000 {
            self.tabs.iter_mut().for_each(|tab| tab.pass(millis(1)));
            self.talk();
        }
    }

    /// Passes the time, and has a gateway answer the requests. Returns for each tab the number of responses, and the
    /// number of throttles among them.
    pub(crate) fn serve(&mut self, bucket: &mut Bucket, span: Span) -> Vec<(u32, u32)> {
        let mut served = vec![(0, 0); self.tabs.len()];
        for _ in 0..span.as_micros() / 1_000 {
            bucket.tokens = (bucket.tokens + bucket.per_milli).min(bucket.burst);
            self.pass(millis(1));
            for (tab, client) in self.tabs.iter().enumerate() {
                for id in client.wire() {
                    if !self.wire.iter().any(|known| (known.0, known.1) == (tab, *id)) {
                        self.wire.push((tab, *id, 0));
                    }
                }
            }
            self.wire.iter_mut().for_each(|(.., waits)| *waits += 1);
            while let Some(at) = self.wire.iter().position(|(.., waits)| *waits >= ROUND_TRIP) {
                let (tab, id, _) = self.wire.remove(at);
                served[tab].0 += 1;
                if bucket.tokens >= 1.0 {
                    bucket.tokens -= 1.0;
                    self.act(tab, |client| client.accept(id));
                } else {
                    served[tab].1 += 1;
                    self.act(tab, |client| client.throttle(id));
                }
            }
        }
        served
    }

    /// Delivers messages until no tab has one.
    fn talk(&mut self) {
        for _ in 0..100 {
            let sent: Vec<_> = self
                .tabs
                .iter_mut()
                .map(Client::messages)
                .enumerate()
                .filter(|(_, messages)| !messages.is_empty())
                .collect();
            if sent.is_empty() {
                return;
            }
            for (speaker, messages) in sent {
                for (_, tab) in self.tabs.iter_mut().enumerate().filter(|(tab, _)| *tab != speaker) {
                    messages.iter().for_each(|message| tab.receive(Span::ZERO, message));
                }
            }
        }
        panic!("they talk without end");
    }
}
