use api_service_client::throttle::Limits;
use api_service_client::time::Span;

use super::{Client, millis};

/// Tabs that hear of each other at once, and whose time passes together.
pub(crate) struct Tabs {
    tabs: Vec<Client>,
}

impl Tabs {
    /// So many, whose ids are their numbers.
    pub(crate) fn new(count: u32) -> Tabs {
        Tabs::with_limits(count, Limits::default())
    }

    pub(crate) fn with_limits(count: u32, limits: Limits) -> Tabs {
        let mut tabs = Tabs { tabs: Vec::new() };
        (0..count).for_each(|_| tabs.open(Client::with_limits(limits)));
        tabs
    }

    /// One more.
    pub(crate) fn open(&mut self, mut tab: Client) {
        tab.set_id(self.tabs.len() as u32);
        self.tabs.push(tab);
    }

    /// One that does something, which the others hear of.
    pub(crate) fn act<R>(&mut self, tab: usize, does: impl FnOnce(&mut Client) -> R) -> R {
        let result = does(&mut self.tabs[tab]);
        self.talk();
        result
    }

    /// One that is only looked at.
    pub(crate) fn tab(&mut self, tab: usize) -> &mut Client {
        &mut self.tabs[tab]
    }

    /// Time passes for all of them, a millisecond after the other.
    pub(crate) fn pass(&mut self, span: Span) {
        for _ in 0..span.as_micros() / 1_000 {
            self.tabs.iter_mut().for_each(|tab| tab.pass(millis(1)));
            self.talk();
        }
    }

    /// All hear what the others have said, until nobody has anything to say.
    fn talk(&mut self) {
        for _ in 0..100 {
            let said: Vec<_> = self
                .tabs
                .iter_mut()
                .map(Client::words)
                .enumerate()
                .filter(|(_, words)| !words.is_empty())
                .collect();
            if said.is_empty() {
                return;
            }
            for (speaker, words) in said {
                for (_, tab) in self.tabs.iter_mut().enumerate().filter(|(tab, _)| *tab != speaker) {
                    words.iter().for_each(|word| tab.hear(Span::ZERO, word));
                }
            }
        }
        panic!("they talk without end");
    }
}
