//! The bounds of the ledger.

use super::{CAPACITY, Entry, Ledger};

fn entry(number: usize) -> Entry {
    Entry {
        ms: number as f64,
        client: "one".into(),
        method: "GET".into(),
        path: "/".into(),
        query: String::new(),
        status: None,
    }
}

#[test]
fn when_it_is_full_the_oldest_entry_goes() {
    let mut ledger = Ledger::default();
    for number in 0..CAPACITY + 2 {
        ledger.write(entry(number));
    }
    let entries = ledger.entries();
    assert_eq!(entries.len(), CAPACITY);
    assert_eq!((entries[0].ms, entries[CAPACITY - 1].ms), (2.0, (CAPACITY + 1) as f64));
}

#[test]
fn an_answer_finds_its_entry_however_many_have_come_and_gone_since() {
    let mut ledger = Ledger::default();
    let first = ledger.write(entry(0));
    let second = ledger.write(entry(1));
    for number in 2..=CAPACITY {
        ledger.write(entry(number));
    }
    ledger.answered(first, 500);
    ledger.answered(second, 200);
    let entries = ledger.entries();
    assert_eq!((entries[0].ms, entries[0].status), (1.0, Some(200)));
    assert!(
        entries[1..].iter().all(|entry| entry.status.is_none()),
        "the answer to the dropped entry is recorded nowhere"
    );
}
