// The network to a gateway in the same process.

// The smallest and largest part of the round trip that lies before the gateway's decision.
const [LEAST_THERE, MOST_THERE] = [0.4, 0.6];

/** The shortest round trip, half of it each way. */
export function leastTrip({ mean, spread }) {
  const there = Math.round((mean - spread) / 2);
  return { there, back: mean - spread - there };
}

function drawTrip({ mean, spread }, random) {
  const total = mean - spread + Math.round(2 * spread * random.float());
  const there = Math.round(total * (LEAST_THERE + (MOST_THERE - LEAST_THERE) * random.float()));
  return { there, back: total - there };
}

/** Carries requests to a gateway. `log` records requests and answers. */
export class Network {
  #clock;
  #gateway;
  #scenario;
  #random;
  #log;
  #isOpen = true;

  constructor({ clock, gateway, scenario, random, log }) {
    this.#clock = clock;
    this.#gateway = gateway;
    this.#scenario = scenario;
    this.#random = random;
    this.#log = log;
  }

  /** Replaces the platform's fetch. */
  fetch = (_, init) =>
    new Promise((resolve, reject) => {
      // After the end of a run nothing is answered, so that a library cannot go on without end.
      if (!this.#isOpen) return;
      const clock = this.#clock;
      const { there, back } = drawTrip(this.#scenario.latency, this.#random);
      // A request without CORS tests whether the server answers. It is no call.
      const isProbe = init?.mode === "no-cors";
      if (!isProbe) this.#log.sent(clock.now);
      clock.at(clock.now + there, () => {
        const isAdmitted = this.#gateway.admits(clock.now);
        clock.at(clock.now + back, () => {
          if (isProbe) return resolve(new Response(null));
          if (isAdmitted) return resolve(accepted());
          this.#log.rejected(clock.now);
          if (this.#scenario.hidesThrottles) reject(new TypeError("Failed to fetch"));
          else resolve(throttled(this.#scenario.retryAfter));
        });
      });
    });

  /** The same fetch for a client that takes every error for a throttle, the best solution written by hand. */
  fetchThatNeverFails = async (input, init) => {
    try {
      return await this.fetch(input, init);
    } catch {
      return throttled(undefined);
    }
  };

  close() {
    this.#isOpen = false;
  }
}

const accepted = () => new Response("{}", { headers: { "content-type": "application/json" } });

// The 429 of Amazon API Gateway, with the Retry-After that its owner may add.
function throttled(retryAfter) {
  const headers = { "content-type": "application/json", "x-amzn-errortype": "TooManyRequestsException" };
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  return new Response('{"message":"Too Many Requests"}', { status: 429, headers });
}
