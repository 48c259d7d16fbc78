// What whoever has written the page is told of what only they can change.

/** The page cannot read its 429s. Returns the detail of the event that says so. */
export function hiddenThrottles(scope) {
  const message = `Requests to ${scope} fail although it can be reached: most likely they are throttled, and CORS hides the answers`;
  const help =
    'Let the gateway\'s own answers have Access-Control-Allow-Origin, and Access-Control-Expose-Headers with Retry-After (in Amazon API Gateway: the gateway responses THROTTLED and DEFAULT_4XX). See "The CORS trap" in docs/api-gateway.md';
  console.warn(`${message}. ${help}.`);
  return { code: "opaque-throttling", message, help };
}
