import { DefaultRateLimiter } from "@smithy/util-retry";
import { ENDPOINT } from "./endpoint.mjs";
import { retryAfterMs, sleep } from "./wait.mjs";

export const endless = {
  name: "AWS SDK's adaptive limiter, in an endless loop",
  create({ fetch }) {
    const limiter = new DefaultRateLimiter();
    const call = async () => {
      for (;;) {
        await limiter.getSendToken();
        const response = await fetch(ENDPOINT);
        const isThrottled = response.status === 429;
        limiter.updateClientSendingRate(isThrottled ? { errorType: "THROTTLING" } : {});
        if (!isThrottled) return response;
        await sleep(retryAfterMs(response) ?? 0);
      }
    };
    return { call };
  },
};
