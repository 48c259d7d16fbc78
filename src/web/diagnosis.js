// The diagnostic for a page that cannot read its 429s.

/** Warns on the console. Returns the detail of the event. */
export function hiddenThrottles(scope) {
  const message = `Requests to ${scope} fail although it can be reached: most likely they are throttled, and CORS hides the answers`;
  const help =
    "Let the gateway's own answers have Access-Control-Allow-Origin, and Access-Control-Expose-Headers with Retry-After (in Amazon API Gateway: the gateway responses THROTTLED and DEFAULT_4XX)";
  console.warn(`${message}. ${help}.`);
  return { code: "opaque-throttling", message, help };
}
