// The scenarios of the project's simulation (tests/simulation/src/catalogue) that consist of tabs and a token
// bucket, under the same names.
//
// Times are in microseconds. With several tabs, each makes this number of calls.

import { perMinute, perSecond, TokenBucket } from "./token-bucket.mjs";

const SECOND = 1_000_000;
const MILLI = 1_000;

const HUNDRED_A_MINUTE = { perHour: perMinute(100), burst: 200 };
const TEN_A_SECOND = { perHour: perSecond(10), burst: 20 };
const TWO_A_SECOND = { perHour: perSecond(2), burst: 20 };
const TWO_HUNDRED_A_SECOND = { perHour: perSecond(200), burst: 100 };

const atOnce = (calls) => () => new Array(calls).fill(0);

/** Independent calls at a mean rate of `perSecond`, for `seconds` seconds. */
const poisson = (perSecond, seconds) => (random) => {
  const calls = [];
  for (let at = 0; ; calls.push(at)) {
    at += Math.ceil((-Math.log(1 - random.float()) / perSecond) * SECOND);
    if (at >= seconds * SECOND) return calls;
  }
};

const latency = (meanMs, spreadMs) => ({ mean: meanMs * MILLI, spread: spreadMs * MILLI });

const A = {
  name: "A",
  about: "100 a minute, burst 200; 500 calls at once; Retry-After: 10",
  plan: HUNDRED_A_MINUTE,
  changes: [],
  retryAfter: 10,
  latency: latency(40, 20),
  calls: atOnce(500),
};

const B = {
  ...A,
  name: "B",
  about: "100 a minute, burst 200; 500 calls at once; no Retry-After",
  retryAfter: undefined,
};

const C = {
  ...A,
  name: "C",
  about: "10 a second, burst 20; 300 calls at once; Retry-After: 1",
  plan: TEN_A_SECOND,
  retryAfter: 1,
  calls: atOnce(300),
};

const D = {
  ...C,
  name: "D",
  about: "10 a second, burst 20; 5 tabs with 100 calls at once each; no Retry-After",
  retryAfter: undefined,
  calls: atOnce(500),
  tabs: 5,
  talk: { lost: 0, doubled: 0 },
};

const D_LOSSY = {
  ...D,
  name: "D lossy",
  about: "as D, a fifth of the words between the tabs lost, a tenth doubled",
  talk: { lost: 0.2, doubled: 0.1 },
};

const D_OPEN = {
  ...D,
  name: "D open",
  about: "as D, by tabs that have been open for a second",
  calls: () => new Array(500).fill(SECOND),
};

const E = {
  ...C,
  name: "E",
  about: "10 a second, burst 20; for 600 s, calls arrive at random, 10 a second; Retry-After: 1",
  calls: poisson(10, 600),
};

const F = {
  ...C,
  name: "F",
  about: "10 a second, from 20 s on 2, from 80 s on 10, burst 20; 600 calls at once; Retry-After: 1",
  changes: [
    { at: 20 * SECOND, plan: TWO_A_SECOND },
    { at: 80 * SECOND, plan: TEN_A_SECOND },
  ],
  calls: atOnce(600),
};

const G = {
  ...C,
  name: "G",
  about: "10 a second, burst 20; 300 calls at once; no Retry-After; 429s that CORS hides",
  retryAfter: undefined,
  hidesThrottles: true,
};

const J = {
  ...C,
  name: "J",
  about: "200 a second, burst 100; 2,000 calls at once; Retry-After: 1",
  plan: TWO_HUNDRED_A_SECOND,
  calls: atOnce(2_000),
};

const L = {
  ...C,
  name: "L",
  about: "10 a second, burst 20; 300 calls at once; Retry-After: 1; latency 300 ms ± 200",
  latency: latency(300, 200),
};

export const SCENARIOS = [A, B, C, D, D_LOSSY, D_OPEN, E, F, G, J, L];

export const gatewayOf = ({ plan, changes }) => new TokenBucket(plan, changes);
