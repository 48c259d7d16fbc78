//! The engine: the order of events, and the same run for the same seed.

use api_service_client::time::{Instant, Span};
use fastrand::Rng;
use proptest::prelude::*;
use simulation::{
    Clock, EventQueue, Latency, Rate, RequestId, Scenario, Setup, Talk, What, Workload, catalogue, run,
};

fn scenario(name: &str) -> Scenario {
    catalogue().into_iter().find(|scenario| scenario.name == name).expect("a scenario of the catalogue")
}

fn at(micros: u64) -> Instant {
    Instant::START + Span::from_micros(micros)
}

mod event_queue {
    use super::*;

    #[test]
    fn what_is_due_at_the_same_moment_happens_in_the_order_in_which_it_was_scheduled() {
        let mut queue = EventQueue::new();
        for (micros, event) in [(2, "c"), (1, "a"), (2, "d"), (1, "b"), (2, "e")] {
            queue.schedule(at(micros), event);
        }
        let happened: String = std::iter::from_fn(|| queue.next_event()).map(|(_, event)| event).collect();
        assert_eq!(happened, "abcde");
    }

    proptest! {
        #[test]
        fn everything_happens_once_and_in_the_order_of_time(times in proptest::collection::vec(0_u64..50, 0..200)) {
            let mut queue = EventQueue::new();
            for (event, micros) in times.iter().enumerate() {
                queue.schedule(at(*micros), event);
            }
            let happened: Vec<_> = std::iter::from_fn(|| queue.next_event()).collect();
            let mut expected: Vec<_> = times.iter().enumerate().map(|(event, micros)| (at(*micros), event)).collect();
            expected.sort();
            prop_assert_eq!(happened, expected);
        }
    }
}

mod determinism {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_run() {
        for scenario in catalogue().iter().filter(|scenario| scenario.is_ready()) {
            assert_eq!(run(scenario, 7), run(scenario, 7), "{}", scenario.name);
        }
    }

    #[test]
    fn another_seed_gives_another_run() {
        let c = scenario("C");
        assert_ne!(run(&c, 1).events, run(&c, 2).events);
    }

    #[test]
    fn a_client_that_behaves_differently_sees_the_same_calls_and_the_same_others() {
        let patient = Scenario { others: Some(Rate::per_second(4)), ..scenario("E") };
        let serial = Scenario { setup: Setup { max_in_flight: 1, ..patient.setup }, ..patient };
        let (patient, serial) = (run(&patient, 3), run(&serial, 3));
        assert_eq!(patient.calls, serial.calls);
        let others = |events: Vec<simulation::Event>| -> Vec<Instant> {
            events
                .into_iter()
                .filter(|event| matches!(event.what, What::Other(_)))
                .map(|event| event.at)
                .take(2_000)
                .collect()
        };
        assert_eq!(others(patient.events), others(serial.events));
    }
}

mod requests {
    use super::*;

    #[test]
    fn the_gateway_decides_between_the_send_and_the_answer() {
        let record = run(&scenario("C"), 1);
        let mut sent = Vec::new();
        let mut decided = Vec::new();
        for event in &record.events {
            match event.what {
                What::Sent(send) => sent.push((send.number, event.at)),
                What::Admitted(send) | What::Refused(send, _) => {
                    let (number, left) = sent[send.number as usize];
                    assert_eq!(number, send.number);
                    let there = event.at.since(left);
                    assert!((Span::from_millis(8)..=Span::from_millis(36)).contains(&there), "{there:?}");
                    decided.push((send.number, event.at));
                }
                What::Answered(send) | What::Throttled(send, _) => {
                    assert!(decided.iter().any(|(number, at)| *number == send.number && *at < event.at));
                    let (_, left) = sent[send.number as usize];
                    let round_trip = event.at.since(left);
                    assert!(
                        (Span::from_millis(20)..=Span::from_millis(60)).contains(&round_trip),
                        "{round_trip:?}"
                    );
                }
                _ => {}
            }
        }
        assert_eq!(sent.len(), decided.len());
    }

    #[test]
    fn each_call_is_admitted_once_and_answered_once_where_none_need_be_lost() {
        for scenario in catalogue().iter().filter(|scenario| scenario.is_ready() && scenario.loses_nothing())
        {
            let record = run(scenario, 11);
            let mut admitted = vec![0; record.calls.len()];
            for event in &record.events {
                if let What::Admitted(send) = event.what {
                    admitted[send.request.0 as usize] += 1;
                }
            }
            for (request, times) in (0..).map(RequestId).zip(admitted) {
                let is_abandoned = times == 0 && record.abandoned.contains(&request);
                assert!(times == 1 || is_abandoned, "{} {request:?}: {times}", scenario.name);
            }
        }
    }

    #[test]
    fn a_page_that_meets_no_limit_has_as_much_in_flight_as_it_may_from_the_first_moment_on() {
        let record = run(&scenario("A"), 1);
        let at_once = record
            .events
            .iter()
            .filter(|event| event.at == Instant::START && matches!(event.what, What::Sent(_)));
        assert_eq!(at_once.count(), 16);
    }

    #[test]
    fn what_is_admitted_is_answered_when_it_has_been_processed() {
        let record = run(&scenario("concurrency"), 1);
        let admitted = record.events.iter().filter_map(|event| match event.what {
            What::Admitted(send) => Some((send, event.at)),
            _ => None,
        });
        for (send, admitted) in admitted {
            let answered = record.events.iter().find(|event| event.what == What::Answered(send)).unwrap();
            assert!(answered.at.since(admitted) >= Span::from_millis(200));
        }
    }
}

mod tabs {
    use super::*;

    fn says(record: &simulation::Record, what: What) -> usize {
        record.events.iter().filter(|event| event.what == what).count()
    }

    #[test]
    fn every_word_is_heard_by_everybody_else() {
        let record = run(&scenario("D"), 1);
        let said = says(&record, What::Said);
        // The last message may still be on its way when the run ends.
        let received = says(&record, What::Received);
        assert!(
            said > 100 && (4 * said - 20..=4 * said).contains(&received),
            "{said} said, {received} received"
        );
    }

    #[test]
    fn a_share_of_the_words_is_lost_and_a_share_doubled() {
        let reliable = scenario("D lossy");
        let received = |talk| {
            let record = run(&Scenario { talk, ..reliable }, 1);
            says(&record, What::Received) as f64 / (4 * says(&record, What::Said)) as f64
        };
        assert!((0.75..0.85).contains(&received(Talk { lost: 0.2, doubled: 0.0 })));
        assert!((1.05..1.15).contains(&received(Talk { lost: 0.0, doubled: 0.1 })));
    }

    #[test]
    fn a_client_alone_has_nobody_to_tell() {
        assert_eq!(says(&run(&scenario("C"), 1), What::Said), 0);
    }

    #[test]
    fn a_tab_that_opens_late_does_nothing_before() {
        let record = run(&scenario("D late"), 1);
        let first = record.events.iter().find(|event| event.client.0 == 4).expect("it opens");
        assert_eq!(first.at, at(20_000_000));
    }

    #[test]
    fn a_tab_that_has_crashed_does_nothing_any_more_and_its_calls_do_not_count() {
        let record = run(&scenario("D crash"), 1);
        let pages = |what| !matches!(what, What::Admitted(_) | What::Refused(..));
        let mut its = record.events.iter().filter(|event| event.client.0 == 0 && pages(event.what));
        let last = its.next_back().expect("it was there");
        assert_eq!((last.at, last.what), (at(10_000_000), What::Crashed));
        assert!((50..100).contains(&record.abandoned.len()), "{}", record.abandoned.len());
    }

    #[test]
    fn nothing_happens_in_a_tab_that_stands_still() {
        let record = run(&scenario("D frozen"), 1);
        let pages = |what| !matches!(what, What::Admitted(_) | What::Refused(..));
        let meanwhile = |event: &simulation::Event| (at(5_000_000)..at(15_000_000)).contains(&event.at);
        let its = record.events.iter().filter(|event| event.client.0 == 0 && pages(event.what));
        assert_eq!(its.filter(|event| meanwhile(event)).count(), 0);
    }
}

mod clock {
    use super::*;

    #[test]
    fn a_fast_clock_shows_more_than_has_passed() {
        let clock = Clock { shows: Span::from_secs(10), drift_ppm: 100 };
        assert_eq!(clock.read(at(0)), at(10_000_000));
        assert_eq!(clock.read(at(1_000_000)), at(11_000_100));
    }

    proptest! {
        #[test]
        fn a_timer_fires_at_the_first_moment_at_which_the_clock_shows_its_time(
            shows in 0_u64..1_000_000_000,
            drift_ppm in -1_000_i32..1_000,
            wait in 0_u64..1_000_000_000,
        ) {
            let clock = Clock { shows: Span::from_micros(shows), drift_ppm };
            let wanted = at(shows + wait);
            let fires = clock.when(wanted);
            prop_assert!(clock.read(fires) >= wanted);
            let elapsed = fires.since(Instant::START);
            if elapsed > Span::ZERO {
                prop_assert!(clock.read(Instant::START + (elapsed - Span::from_micros(1))) < wanted);
            }
        }
    }
}

mod latency {
    use super::*;

    #[test]
    fn round_trips_spread_evenly_around_their_mean() {
        let latency = Latency::millis(40, 20);
        let mut rng = Rng::with_seed(1);
        let trips: Vec<_> =
            (0..10_000).map(|_| latency.draw(&mut rng)).map(|trip| trip.there + trip.back).collect();
        assert!(trips.iter().all(|trip| (Span::from_millis(20)..=Span::from_millis(60)).contains(trip)));
        let mean = trips.iter().map(|trip| trip.as_js_millis()).sum::<f64>() / 10_000.0;
        assert!((39.5..40.5).contains(&mean), "{mean}");
        let below = trips.iter().filter(|trip| **trip < Span::from_millis(30)).count();
        assert!((2_300..2_700).contains(&below), "{below}");
    }

    #[test]
    fn the_gateway_is_about_halfway() {
        let latency = Latency::millis(100, 0);
        let mut rng = Rng::with_seed(1);
        for _ in 0..1_000 {
            let there = latency.draw(&mut rng).there;
            assert!((Span::from_millis(40)..=Span::from_millis(60)).contains(&there), "{there:?}");
        }
    }
}

mod workload {
    use super::*;

    fn calls(workload: Workload) -> Vec<Instant> {
        workload.calls(&mut Rng::with_seed(1))
    }

    #[test]
    fn independent_calls_come_at_their_rate_on_average() {
        let lasting = Span::from_secs(600);
        let calls = calls(Workload::Poisson { rate: Rate::per_second(10), lasting });
        assert!((5_700..6_300).contains(&calls.len()), "{}", calls.len());
        assert!(calls.is_sorted());
        assert!(calls.iter().all(|at| at.since(Instant::START) < lasting));
        // The gaps are exponential: a fraction of 1/e is longer than the mean.
        let gaps = calls.windows(2).filter(|pair| pair[1].since(pair[0]) > Span::from_millis(100)).count();
        let share = gaps as f64 / calls.len() as f64;
        assert!((0.34..0.40).contains(&share), "{share}");
    }

    #[test]
    fn steady_calls_are_evenly_spaced() {
        let calls = calls(Workload::Steady { calls: 3, rate: Rate::per_second(8) });
        assert_eq!(calls, [at(0), at(125_000), at(250_000)]);
    }

    #[test]
    fn calls_at_once_are_all_made_at_the_start() {
        assert_eq!(calls(Workload::AtOnce(3)), [Instant::START; 3]);
    }
}
