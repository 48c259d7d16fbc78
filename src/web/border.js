// The numbers that Rust and JavaScript exchange. border.rs holds the same; tests/border.rs compares the two.

// Bits of the flags of a request.
export const RESEND = 1;
export const RESEND_IF_UNAVAILABLE = 2;
export const RESEND_IF_OPAQUE = 4;

// Verdicts on an attempt. A higher number is undecided: the time in milliseconds to read the body of the response.
export const DELIVER = 0;
export const WITHHOLD = 1;

// Names by their number; a name that is not in the list is -1, the default.
export const PRIORITIES = ["high", "auto", "low"];
export const JITTERS = ["full", "equal", "decorrelated", "none"];
export const OPAQUE_THROTTLING = ["diagnose", "retry", "off"];

// Statuses by their number, from least to most restricted.
export const STATUSES = ["open", "recovering", "paused", "quota-exceeded", "closed"];

// The options, in the order of their numbers.
export const OPTION_NUMBERS = [
  "maxInFlight",
  "maxAttempts",
  "maxPauseMs",
  "maxQueue",
  "maxWaitMs",
  "baseMs",
  "maxMs",
  "rate",
  "burst",
  "jitter",
  "opaqueThrottling",
  "tabs",
  "persist",
];

// The public state of a scope, in the order of its numbers.
export const SCOPE_NUMBERS = ["status", "resumeAt", "queued", "inFlight", "rate", "sent", "throttled"];
