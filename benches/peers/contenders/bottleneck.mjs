import Bottleneck from "bottleneck";
import { ENDPOINT } from "./endpoint.mjs";
import { waitMs } from "./wait.mjs";

class Throttled extends Error {
  constructor(response) {
    super("429");
    this.response = response;
  }
}

const limiterWith = (fetch, options) => {
  const limiter = new Bottleneck({ maxConcurrent: 16, ...options });
  limiter.on("failed", (error, { retryCount }) => waitMs(error.response, retryCount));
  return {
    call: () =>
      limiter.schedule(async () => {
        const response = await fetch(ENDPOINT);
        if (response.status === 429) throw new Throttled(response);
        return response;
      }),
    close: () => void limiter.disconnect(),
  };
};

export const untold = {
  name: "Bottleneck, retry hook",
  create: ({ fetch }) => limiterWith(fetch, {}),
};

export const told = {
  name: "Bottleneck, told the plan",
  knowsPlan: true,
  create({ fetch, scenario: { plan } }) {
    const [amount, interval] = increase(plan.perHour);
    return limiterWith(fetch, {
      reservoir: plan.burst,
      reservoirIncreaseAmount: amount,
      reservoirIncreaseInterval: interval,
      reservoirIncreaseMaximum: plan.burst,
    });
  },
};

// Bottleneck adds whole requests at multiples of 250 ms. This is the shortest such interval with a whole
// number of requests.
function increase(perHour) {
  for (let interval = 250; ; interval += 250) {
    const amount = (perHour * interval) / 3_600_000;
    if (Number.isInteger(amount)) return [amount, interval];
  }
}
