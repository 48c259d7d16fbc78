use std::collections::VecDeque;

use slab::Slab;

use super::action::{Action, Fate, Notice, Refusal, Rejection};
use super::backoff::Backoff;
use super::deadlines::Deadlines;
use super::limits::Limits;
use super::pause::{Advice, Pause, PauseSource};
use super::queue::Queue;
use super::quota::Quota;
use super::recovery::Recovery;
use super::request::{Entry, Pending, Request, Ticket};
use super::status::{ScopeSnapshot, Status};
use super::unit::Unit;
use crate::time::{Instant, Span};

/// Everything that shares one limit: what waits, what is on the wire, and whether anything may leave.
///
/// `T` is whatever the driver needs to have a request sent and its caller answered. The scope gives it back exactly
/// once: by the answer's own call ([`accepted`](Scope::accepted), [`throttled`](Scope::throttled),
/// [`failed`](Scope::failed), [`abort`](Scope::abort)), by a [`Refusal`], or by an [`Action::Reject`].
#[derive(Debug)]
pub struct Scope<T> {
    limits: Limits,
    backoff: Backoff,
    gate: Gate,
    requests: Slab<Pending<T>>,
    queue: Queue,
    deadlines: Deadlines,
    actions: VecDeque<Action<T>>,
    waiting: u32,
    in_flight: u32,
    sent: u32,
    throttled: u32,
    /// Calls so far; wraps.
    calls: u32,
    /// Until when an answer is looked into that may turn out to be a throttle.
    suspicion: Option<Instant>,
    /// Pauses so far; wraps. Tells which pause an answer belongs to.
    pauses: u32,
}

#[derive(Debug)]
enum Gate {
    Open,
    Paused(Pause),
    Recovering(Recovery),
    QuotaExceeded(Quota),
    Closed,
}

/// A pause that grows by less than this is not worth an event: every answer of one flight asks for the same second,
/// a few milliseconds apart.
const NOTICEABLE: Span = Span::from_millis(250);

/// How long a suspected throttle may hold the scope: the body that settles it is some twenty bytes, but a body can
/// hang.
const SUSPECT_FOR: Span = Span::from_secs(1);

impl<T> Scope<T> {
    /// A scope that has met no limit.
    #[must_use]
    pub fn new(limits: Limits, backoff: Backoff) -> Scope<T> {
        Scope {
            limits,
            backoff,
            gate: Gate::Open,
            requests: Slab::new(),
            queue: Queue::default(),
            deadlines: Deadlines::default(),
            actions: VecDeque::new(),
            waiting: 0,
            in_flight: 0,
            sent: 0,
            throttled: 0,
            calls: 0,
            suspicion: None,
            pauses: 0,
        }
    }

    /// A request is called.
    ///
    /// # Errors
    /// Gives the payload back if the request cannot even wait: the scope is closed, its queue full, or its pause
    /// longer than anyone should wait.
    pub fn enqueue(&mut self, now: Instant, request: Request, payload: T) -> Result<Entry, Refusal<T>> {
        self.wake(now);
        let leaves = self.waiting == 0 && self.lets_one_out(now);
        if !leaves && let Some(rejection) = self.refuses(now) {
            return Err(Refusal { payload, rejection });
        }
        self.calls = self.calls.wrapping_add(1);
        let pending = Pending {
            seq: self.calls,
            priority: request.priority,
            resend: request.resend,
            idempotent: request.idempotent,
            called_at: now,
            expires_at: request.max_wait.map(|wait| now + wait),
            attempts: 0,
            sent_after: None,
            payload,
        };
        let ticket = Ticket { slot: self.requests.insert(pending) as u32, seq: self.calls };
        if leaves {
            self.put_on_wire(ticket);
            return Ok(Entry::Send(ticket));
        }
        self.waiting += 1;
        self.queue.push(request.priority, ticket);
        self.watch_deadline(ticket);
        Ok(Entry::Wait(ticket))
    }

    /// A request was answered, and not by a throttle. Its payload goes back to whoever delivers the answer; `None`
    /// if it had ended before.
    pub fn accepted(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        let is_current = self.take_off_wire(ticket)?;
        if is_current {
            self.backoff.reset();
            match &mut self.gate {
                Gate::Recovering(recovery) => {
                    let was_probing = recovery.is_probing();
                    recovery.accepted();
                    if was_probing {
                        let paused = now.since(recovery.paused_at);
                        self.actions.push_back(Action::Notify(Notice::Resumed { paused }));
                    }
                }
                Gate::QuotaExceeded(_) => self.gate = Gate::Open,
                Gate::Open | Gate::Paused(_) | Gate::Closed => {}
            }
        }
        let ended = self.remove(ticket);
        self.wake(now);
        ended.map(|pending| pending.payload)
    }

    /// A request was refused before it reached what is behind the gateway: it may be sent again, whatever its method.
    /// `unit` is drawn for the jitter.
    pub fn throttled(&mut self, now: Instant, ticket: Ticket, advice: Option<Advice>, unit: Unit) -> Fate<T> {
        self.held_back(now, ticket, advice, unit, false)
    }

    /// A request was answered by a 503 that says when to come back. It may have been acted on: only what is
    /// idempotent is sent again.
    pub fn unavailable(&mut self, now: Instant, ticket: Ticket, advice: Advice, unit: Unit) -> Fate<T> {
        self.held_back(now, ticket, Some(advice), unit, true)
    }

    /// A request met a quota that is used up. Waiting does not help: its answer goes to its caller, and so does every
    /// other request that waits or comes, until a probe is accepted.
    pub fn quota_exceeded(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        let is_current = self.take_off_wire(ticket)?;
        self.meet_quota(now, is_current);
        self.remove(ticket).map(|pending| pending.payload)
    }

    /// As [`Scope::quota_exceeded`], from an answer that this scope did not send the request of.
    pub fn quota_exceeded_elsewhere(&mut self, now: Instant) {
        self.meet_quota(now, true);
    }

    fn meet_quota(&mut self, now: Instant, is_current: bool) {
        self.throttled = self.throttled.wrapping_add(1);
        self.suspicion = None;
        let next_probe = match &mut self.gate {
            Gate::QuotaExceeded(quota) if is_current => {
                quota.still_exceeded(now);
                Some(quota.next_probe)
            }
            Gate::QuotaExceeded(_) | Gate::Closed => None,
            Gate::Open | Gate::Paused(_) | Gate::Recovering(_) => {
                let quota = Quota::exceeded(now);
                self.gate = Gate::QuotaExceeded(quota);
                self.pauses = self.pauses.wrapping_add(1);
                Some(quota.next_probe)
            }
        };
        if let Some(next_probe) = next_probe {
            self.actions.push_back(Action::Notify(Notice::QuotaExceeded { next_probe }));
            self.reject_waiting(Rejection::QuotaExceeded { next_probe });
        }
    }

    /// An answer is being looked into that may turn out to be a throttle. Nothing leaves until it is settled, or for
    /// a second.
    pub fn suspect(&mut self, now: Instant) {
        self.suspicion = Some(now + SUSPECT_FOR);
    }

    /// A request came back without an answer: the network failed, or its transport did.
    pub fn failed(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        self.take_off_wire(ticket)?;
        let ended = self.remove(ticket);
        self.wake(now);
        ended.map(|pending| pending.payload)
    }

    /// A caller has lost interest, wherever the request is. Its place is free at once.
    pub fn abort(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        if self.is_waiting(ticket) {
            let pending = self.take_waiting(ticket)?;
            self.wake(now);
            return Some(pending.payload);
        }
        self.failed(now, ticket)
    }

    /// A throttled answer that this scope did not send the request of. Returns how long the scope now pauses.
    pub fn throttled_elsewhere(&mut self, now: Instant, advice: Option<Advice>, unit: Unit) -> Span {
        self.throttled = self.throttled.wrapping_add(1);
        self.pause_as_asked(now, advice, unit);
        self.wake(now);
        self.pause_left(now)
    }

    /// A person pauses the scope; without `duration`, until [`Scope::resume`].
    pub fn pause(&mut self, now: Instant, duration: Option<Span>) {
        self.wake(now);
        self.pause_until(now, duration.map(|span| now + span), PauseSource::Manual);
    }

    /// A person ends the pause, whoever began it. The recovery starts with one probe all the same.
    pub fn resume(&mut self, now: Instant) {
        if let Gate::Paused(pause) = &self.gate {
            self.gate = Gate::Recovering(Recovery::new(pause.started));
        }
        self.wake(now);
    }

    /// Ends the scope: what waits is rejected, what is on the wire ends by itself.
    pub fn close(&mut self) {
        self.gate = Gate::Closed;
        self.reject_waiting(Rejection::Closed);
    }

    /// Time has passed. Never needed before [`Scope::next_wake`], never harmful.
    pub fn wake(&mut self, now: Instant) {
        if let Gate::Paused(pause) = &self.gate
            && pause.is_over(now)
        {
            self.gate = Gate::Recovering(Recovery::new(pause.started));
        }
        if self.suspicion.is_some_and(|until| now >= until) {
            self.suspicion = None;
        }
        self.reject_expired(now);
        while self.waiting > 0 && self.lets_one_out(now) {
            let requests = &self.requests;
            let Some(ticket) = self.queue.pop(|ticket| is_waiting(requests, ticket)) else { break };
            self.waiting -= 1;
            self.put_on_wire(ticket);
            self.actions.push_back(Action::Send(ticket));
        }
        self.end_recovery();
    }

    /// When [`Scope::wake`] has to be called next; `None` if only an answer or a call can change anything.
    pub fn next_wake(&mut self) -> Option<Instant> {
        let requests = &self.requests;
        let deadline = self.deadlines.next(|ticket| is_waiting(requests, ticket));
        let pause_end = match &self.gate {
            Gate::Paused(pause) => pause.end,
            _ => None,
        };
        [deadline, pause_end, self.suspicion].into_iter().flatten().min()
    }

    /// The next thing to be done.
    pub fn next_action(&mut self) -> Option<Action<T>> {
        self.actions.pop_front()
    }

    /// The payload of a request that has not ended.
    #[must_use]
    pub fn payload(&self, ticket: Ticket) -> Option<&T> {
        self.pending(ticket).map(|pending| &pending.payload)
    }

    /// The payload of a request that has not ended, to be changed.
    pub fn payload_mut(&mut self, ticket: Ticket) -> Option<&mut T> {
        let pending = self.requests.get_mut(ticket.slot as usize)?;
        (pending.seq == ticket.seq).then_some(&mut pending.payload)
    }

    /// What the scope shows of itself.
    #[must_use]
    pub fn snapshot(&self) -> ScopeSnapshot {
        let (status, resume_at) = match &self.gate {
            Gate::Open => (Status::Open, None),
            Gate::Recovering(_) => (Status::Recovering, None),
            Gate::Paused(pause) => (Status::Paused, pause.end),
            Gate::QuotaExceeded(_) => (Status::QuotaExceeded, None),
            Gate::Closed => (Status::Closed, None),
        };
        ScopeSnapshot {
            status,
            resume_at,
            queued: self.waiting,
            in_flight: self.in_flight,
            sent: self.sent,
            throttled: self.throttled,
        }
    }

    fn held_back(
        &mut self,
        now: Instant,
        ticket: Ticket,
        advice: Option<Advice>,
        unit: Unit,
        may_have_run: bool,
    ) -> Fate<T> {
        let Some(is_current) = self.take_off_wire(ticket) else { return Fate::Ended };
        self.throttled = self.throttled.wrapping_add(1);
        self.suspicion = None;
        // What was sent before the pause that is over, and does not ask for one of its own, is old news.
        if is_current || advice.is_some() {
            self.pause_as_asked(now, advice, unit);
        }
        let fate = self.requeue(now, ticket, may_have_run);
        self.wake(now);
        fate
    }

    fn requeue(&mut self, now: Instant, ticket: Ticket, may_have_run: bool) -> Fate<T> {
        let delay = self.pause_left(now);
        let too_long = self.pause_too_long(now);
        let Some(pending) = self.requests.get_mut(ticket.slot as usize) else { return Fate::Ended };
        let is_resendable = pending.resend && (pending.idempotent || !may_have_run);
        if !is_resendable || pending.attempts >= self.limits.max_attempts || matches!(self.gate, Gate::Closed)
        {
            return self.remove(ticket).map_or(Fate::Ended, |pending| Fate::Deliver(pending.payload));
        }
        let timed_out = pending.expires_at.is_some_and(|end| now >= end);
        let waited = now.since(pending.called_at);
        let rejection = if timed_out { Some(Rejection::QueueTimeout { waited }) } else { too_long };
        if let Some(rejection) = rejection {
            if let Some(pending) = self.remove(ticket) {
                self.actions.push_back(Action::Reject(pending.payload, rejection));
            }
            return Fate::Ended;
        }
        pending.sent_after = None;
        let (priority, attempt) = (pending.priority, pending.attempts);
        self.waiting += 1;
        self.queue.push_back_in_order(priority, ticket);
        self.watch_deadline(ticket);
        self.actions.push_back(Action::Notify(Notice::Retry { ticket, attempt, delay }));
        Fate::Requeued
    }

    fn lets_one_out(&self, now: Instant) -> bool {
        let gate_lets = match &self.gate {
            Gate::Open => true,
            Gate::Recovering(recovery) => recovery.allows(),
            Gate::QuotaExceeded(quota) => quota.lets_probe(now),
            Gate::Paused(_) | Gate::Closed => false,
        };
        gate_lets && self.suspicion.is_none() && self.in_flight < self.limits.max_in_flight
    }

    /// Why one more could not even wait, if so.
    fn refuses(&self, now: Instant) -> Option<Rejection> {
        match &self.gate {
            Gate::Closed => return Some(Rejection::Closed),
            Gate::QuotaExceeded(quota) => {
                return Some(Rejection::QuotaExceeded { next_probe: quota.next_probe });
            }
            Gate::Open | Gate::Paused(_) | Gate::Recovering(_) => {}
        }
        self.pause_too_long(now).or_else(|| {
            let limit = self.limits.max_queue;
            (self.waiting >= limit).then_some(Rejection::QueueFull { limit })
        })
    }

    fn put_on_wire(&mut self, ticket: Ticket) {
        if let Some(pending) = self.requests.get_mut(ticket.slot as usize) {
            pending.attempts += 1;
            pending.sent_after = Some(self.pauses);
        }
        self.in_flight += 1;
        self.sent = self.sent.wrapping_add(1);
        match &mut self.gate {
            Gate::Recovering(recovery) => recovery.sent(),
            Gate::QuotaExceeded(quota) => quota.probe_sent(),
            Gate::Open | Gate::Paused(_) | Gate::Closed => {}
        }
    }

    /// Whether the request was sent after the last pause, if it is on the wire: only then does its answer say
    /// anything about the limit as it is now.
    fn take_off_wire(&mut self, ticket: Ticket) -> Option<bool> {
        let sent_after = self.pending(ticket)?.sent_after?;
        self.in_flight = self.in_flight.saturating_sub(1);
        let is_current = sent_after == self.pauses;
        if is_current {
            match &mut self.gate {
                Gate::Recovering(recovery) => recovery.returned(),
                Gate::QuotaExceeded(quota) => quota.probe_lost(),
                Gate::Open | Gate::Paused(_) | Gate::Closed => {}
            }
        }
        Some(is_current)
    }

    fn take_waiting(&mut self, ticket: Ticket) -> Option<Pending<T>> {
        let pending = self.remove(ticket)?;
        self.waiting = self.waiting.saturating_sub(1);
        let requests = &self.requests;
        self.queue.forget(pending.priority, |ticket| is_waiting(requests, ticket));
        Some(pending)
    }

    fn remove(&mut self, ticket: Ticket) -> Option<Pending<T>> {
        self.requests.try_remove(ticket.slot as usize)
    }

    fn pause_as_asked(&mut self, now: Instant, advice: Option<Advice>, unit: Unit) {
        let (delay, source) = match (advice, &self.gate) {
            (_, Gate::Closed) => return,
            // One flight, one pause: without advice its length is decided, and jitter is added once.
            (None, Gate::Paused(_)) => return,
            (Some(advice), Gate::Paused(_)) => (advice.delay, advice.source),
            (Some(advice), _) => (self.backoff.honour(advice.delay, unit), advice.source),
            (None, _) => (self.backoff.next(unit), PauseSource::Backoff),
        };
        self.pause_until(now, Some(now + delay), source);
    }

    fn pause_until(&mut self, now: Instant, end: Option<Instant>, source: PauseSource) {
        match &mut self.gate {
            Gate::Closed => return,
            Gate::Paused(pause) => {
                let left = pause.left(now);
                if pause.extend(end, source) && pause.left(now) > left + NOTICEABLE {
                    let notice = Notice::Extended { delay: pause.left(now), source };
                    self.actions.push_back(Action::Notify(notice));
                }
            }
            Gate::Open | Gate::Recovering(_) | Gate::QuotaExceeded(_) => {
                self.pauses = self.pauses.wrapping_add(1);
                let pause = Pause { started: now, end, source };
                let notice = Notice::Throttled { delay: pause.left(now), source };
                self.gate = Gate::Paused(pause);
                self.actions.push_back(Action::Notify(notice));
            }
        }
        if let Some(rejection) = self.pause_too_long(now) {
            self.reject_waiting(rejection);
        }
    }

    /// A recovery ends when nothing is held back by it.
    fn end_recovery(&mut self) {
        if let Gate::Recovering(recovery) = &self.gate {
            let is_idle = self.waiting == 0 && !recovery.is_probing();
            if is_idle || recovery.is_done(self.limits.max_in_flight) {
                self.gate = Gate::Open;
            }
        }
    }

    fn pause_left(&self, now: Instant) -> Span {
        match &self.gate {
            Gate::Paused(pause) => pause.left(now),
            _ => Span::ZERO,
        }
    }

    fn pause_too_long(&self, now: Instant) -> Option<Rejection> {
        match &self.gate {
            Gate::Paused(pause) if pause.is_too_long(now, self.limits.max_pause) => {
                pause.end.map(|resume_at| Rejection::PauseTooLong { resume_at })
            }
            _ => None,
        }
    }

    fn reject_waiting(&mut self, rejection: Rejection) {
        loop {
            let requests = &self.requests;
            let Some(ticket) = self.queue.pop(|ticket| is_waiting(requests, ticket)) else { break };
            if let Some(pending) = self.remove(ticket) {
                self.waiting = self.waiting.saturating_sub(1);
                self.actions.push_back(Action::Reject(pending.payload, rejection));
            }
        }
    }

    fn reject_expired(&mut self, now: Instant) {
        while let Some(ticket) = self.deadlines.pop_due(now) {
            if self.is_waiting(ticket)
                && let Some(pending) = self.take_waiting(ticket)
            {
                let rejection = Rejection::QueueTimeout { waited: now.since(pending.called_at) };
                self.actions.push_back(Action::Reject(pending.payload, rejection));
            }
        }
    }

    fn watch_deadline(&mut self, ticket: Ticket) {
        if let Some(at) = self.pending(ticket).and_then(|pending| pending.expires_at) {
            self.deadlines.push(at, ticket);
            let requests = &self.requests;
            self.deadlines.trim(requests.len(), |ticket| is_waiting(requests, ticket));
        }
    }

    fn pending(&self, ticket: Ticket) -> Option<&Pending<T>> {
        self.requests.get(ticket.slot as usize).filter(|pending| pending.seq == ticket.seq)
    }

    fn is_waiting(&self, ticket: Ticket) -> bool {
        is_waiting(&self.requests, ticket)
    }
}

fn is_waiting<T>(requests: &Slab<Pending<T>>, ticket: Ticket) -> bool {
    requests
        .get(ticket.slot as usize)
        .is_some_and(|pending| pending.seq == ticket.seq && pending.sent_after.is_none())
}
