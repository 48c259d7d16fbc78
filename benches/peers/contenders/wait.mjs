// What an application has to write itself around a library that knows nothing of 429s.

// Twice what api-service-client begins with: without a Retry-After, it saves all of them a third of their rejections.
const BASE_MS = 1_000;
const LONGEST_MS = 30_000;
const LEAST_MS = 100;

/** How long a 429 asks to wait, in milliseconds; otherwise exponential backoff with full jitter. */
export function waitMs(response, earlierThrottles) {
  const asked = retryAfterMs(response);
  if (asked !== undefined) return asked;
  return Math.max(LEAST_MS, Math.random() * Math.min(LONGEST_MS, BASE_MS * 2 ** earlierThrottles));
}

export function retryAfterMs(response) {
  const header = response.headers.get("retry-after");
  return header === null ? undefined : Number(header) * 1000;
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
