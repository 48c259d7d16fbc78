//! Random sequences of events: the invariants of `driver::Client` hold after each step, and every request ends.

use api_service_client::throttle::{
    Backoff, Jitter, Limits, OpaqueThrottling, PauseSource, Priority, Request, RequestedDelay, Status,
    UniformSample,
};
use api_service_client::time::Span;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::throttle::driver::{Client, millis, secs};
use crate::throttle::random_inputs;

/// An event. An index selects one of the requests that it can concern.
#[derive(Debug, Clone, Copy)]
enum Step {
    Call(Request),
    Accept(Index),
    Throttle(Index, Option<RequestedDelay>, UniformSample),
    Unavailable(Index, Span),
    ExceedQuota(Index),
    Fail(Index),
    FailOpaquely(Index),
    Probed(bool),
    Offline,
    Online,
    Abort(Index),
    /// An answer to any request, in any state.
    AnswerWrongly(Index),
    ThrottledElsewhere(Option<RequestedDelay>, UniformSample),
    Suspect,
    Pause(Option<Span>),
    Resume,
    Pass(Span),
    /// A late timer.
    Oversleep(Span),
    Close,
}

fn apply(client: &mut Client, step: Step) {
    let pick = |index: Index| (!client.wire().is_empty()).then(|| *index.get(client.wire()));
    match step {
        Step::Call(request) => {
            client.call(request);
        }
        Step::Accept(index) => on(client, pick(index), Client::accept),
        Step::Throttle(index, advice, unit) => {
            on(client, pick(index), |client, id| client.throttle_with(id, advice, unit));
        }
        Step::Unavailable(index, delay) => {
            on(client, pick(index), |client, id| client.unavailable_for(id, delay));
        }
        Step::ExceedQuota(index) => on(client, pick(index), Client::exceed_quota),
        Step::Fail(index) => on(client, pick(index), Client::fail),
        Step::FailOpaquely(index) => on(client, pick(index), Client::fail_opaquely),
        Step::Probed(is_reachable) => client.reachability_checked(is_reachable),
        Step::Offline => client.offline(),
        Step::Online => client.online(),
        Step::Abort(index) => {
            let alive = Vec::from_iter((1..=client.calls_so_far()).filter(|id| client.end_of(*id).is_none()));
            on(client, (!alive.is_empty()).then(|| *index.get(&alive)), Client::abort);
        }
        Step::AnswerWrongly(index) => {
            let off_wire =
                Vec::from_iter((1..=client.calls_so_far()).filter(|id| !client.wire().contains(id)));
            on(client, (!off_wire.is_empty()).then(|| *index.get(&off_wire)), Client::answer_wrongly);
        }
        Step::ThrottledElsewhere(advice, unit) => {
            client.throttled_externally(advice, unit);
        }
        Step::Suspect => client.suspect(),
        Step::Pause(duration) => client.pause(duration),
        Step::Resume => client.resume(),
        Step::Pass(span) => client.pass(span),
        Step::Oversleep(span) => {
            client.sleep(span);
            client.wake();
        }
        Step::Close => client.close(),
    }
}

fn on(client: &mut Client, id: Option<u32>, act: impl FnOnce(&mut Client, u32)) {
    if let Some(id) = id {
        act(client, id);
    }
}

fn unit() -> impl Strategy<Value = UniformSample> {
    any::<u32>().prop_map(UniformSample::from_bits)
}

/// Mostly seconds, with some milliseconds and some hours.
fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        1 => Just(Span::ZERO),
        3 => (1..1_000_u64).prop_map(millis),
        6 => (1..30_u64).prop_map(secs),
        1 => (30..7_200_u64).prop_map(secs),
    ]
}

fn advice() -> impl Strategy<Value = Option<RequestedDelay>> {
    let source = prop_oneof![Just(PauseSource::RetryAfter), Just(PauseSource::RateLimitHeader)];
    prop::option::of((span(), source).prop_map(|(delay, source)| RequestedDelay { delay, source }))
}

fn request() -> impl Strategy<Value = Request> {
    let priority = prop_oneof![Just(Priority::High), Just(Priority::Auto), Just(Priority::Low)];
    let fields =
        (priority, prop::option::weighted(0.3, span()), prop::bool::weighted(0.8), any::<[bool; 2]>());
    fields.prop_map(|(priority, max_wait, resend, [idempotent, safe])| Request {
        priority,
        max_wait,
        resend,
        idempotent,
        safe,
        ..Request::default()
    })
}

fn limits() -> impl Strategy<Value = Limits> {
    (1..6_u32, 1..5_u32, 1..600_u64, 0..20_u32).prop_map(
        |(max_in_flight, max_attempts, max_pause, max_queue)| Limits {
            max_in_flight,
            max_attempts,
            max_pause: secs(max_pause),
            max_queue,
        },
    )
}

fn backoff() -> impl Strategy<Value = Backoff> {
    let jitter =
        prop_oneof![Just(Jitter::Full), Just(Jitter::Equal), Just(Jitter::Decorrelated), Just(Jitter::None)];
    jitter.prop_map(|jitter| Backoff::new(millis(500), secs(30), jitter))
}

fn opaque_throttling() -> impl Strategy<Value = OpaqueThrottling> {
    prop_oneof![
        1 => Just(OpaqueThrottling::Off),
        1 => Just(OpaqueThrottling::Diagnose),
        4 => Just(OpaqueThrottling::Retry),
    ]
}

/// An event between a page, its user and a gateway that throttles.
fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => request().prop_map(Step::Call),
        5 => any::<Index>().prop_map(Step::Accept),
        5 => (any::<Index>(), advice(), unit()).prop_map(|(index, advice, unit)| Step::Throttle(index, advice, unit)),
        1 => (any::<Index>(), span()).prop_map(|(index, delay)| Step::Unavailable(index, delay)),
        2 => any::<Index>().prop_map(Step::Fail),
        4 => any::<Index>().prop_map(Step::FailOpaquely),
        2 => any::<bool>().prop_map(Step::Probed),
        1 => Just(Step::Offline),
        1 => Just(Step::Online),
        3 => any::<Index>().prop_map(Step::Abort),
        1 => any::<Index>().prop_map(Step::AnswerWrongly),
        1 => (advice(), unit()).prop_map(|(advice, unit)| Step::ThrottledElsewhere(advice, unit)),
        1 => Just(Step::Suspect),
        1 => prop::option::of(span()).prop_map(Step::Pause),
        1 => Just(Step::Resume),
        6 => span().prop_map(Step::Pass),
        1 => span().prop_map(Step::Oversleep),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..100)
}

/// The same as [`steps`], with a gateway whose quota can be used up.
fn steps_with_a_quota() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![12 => step(), 1 => any::<Index>().prop_map(Step::ExceedQuota)];
    prop::collection::vec(step, 1..100)
}

fn all_have_ended(client: &Client) -> bool {
    (1..=client.calls_so_far()).all(|id| client.end_of(id).is_some())
}

proptest! {
    #![proptest_config(random_inputs())]

    #[test]
    fn whatever_happens_every_request_ends_once(
        limits in limits(),
        backoff in backoff(),
        mode in opaque_throttling(),
        steps in steps(),
    ) {
        let mut client = Client::with_opaque_throttling(limits, backoff, mode);
        for step in steps {
            apply(&mut client, step);
        }
        client.resume();
        client.finish();
        prop_assert!(all_have_ended(&client));
    }

    #[test]
    fn whatever_happens_to_its_quota_every_request_ends_once(
        limits in limits(),
        backoff in backoff(),
        steps in steps_with_a_quota(),
    ) {
        let mut client = Client::with(limits, backoff);
        for step in steps {
            apply(&mut client, step);
        }
        client.resume();
        client.finish();
        prop_assert!(all_have_ended(&client));
    }

    #[test]
    fn whatever_happened_before_a_closed_scope_leaves_nobody_waiting(
        before in steps_with_a_quota(),
        after in steps(),
    ) {
        let mut client = Client::new();
        for step in before.into_iter().chain([Step::Close]).chain(after) {
            apply(&mut client, step);
        }
        prop_assert_eq!((client.status(), client.queued()), (Status::Closed, 0));
        client.finish();
        prop_assert!(all_have_ended(&client));
    }

    #[test]
    fn a_scope_is_idle_only_while_it_is_paused(
        throttles in prop::collection::vec((advice(), unit()), 1..20),
        backoff in backoff(),
    ) {
        let limits = Limits { max_in_flight: 1, max_attempts: 100, max_pause: Span::MAX, ..Limits::default() };
        let mut client = Client::with(limits, backoff);
        client.calls(3);
        let mut paused = Span::ZERO;
        for (advice, unit) in throttles {
            client.throttle_with(1, advice, unit);
            paused = paused + client.pause_left();
            prop_assert_eq!(client.next_send(), 1);
        }
        prop_assert_eq!(client.elapsed(), paused);
        client.finish();
    }
}
