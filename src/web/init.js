// What a caller passes to fetch besides the URL.

const PRIORITIES = { high: 0, low: 2 };

/** A copy that its caller cannot change any more. What fetch reads only once (a stream) is taken as it is. */
export function copyOfInit(init) {
  const copy = {};
  // Not a spread: fetch reads inherited members too.
  for (const key in init) copy[key] = init[key];
  delete copy.throttle;
  if (copy.headers !== undefined) copy.headers = copyOfHeaders(copy.headers);
  if (isObject(copy.body)) copy.body = copyOfBody(copy.body);
  return copy;
}

/** The number that the core knows a priority by. */
export function priorityOf(init) {
  return PRIORITIES[init?.priority] ?? 1;
}

export function isStream(body) {
  return isObject(body) && (body instanceof ReadableStream || Symbol.asyncIterator in body);
}

function copyOfHeaders(headers) {
  return isObject(headers) && Object.getPrototypeOf(headers) === Object.prototype
    ? { ...headers }
    : new Headers(headers);
}

function copyOfBody(body) {
  if (body instanceof ArrayBuffer) return body.slice(0);
  if (ArrayBuffer.isView(body)) return body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength);
  if (body instanceof URLSearchParams) return new URLSearchParams(body);
  if (body instanceof FormData) {
    const copy = new FormData();
    for (const [name, value] of body) copy.append(name, value);
    return copy;
  }
  return body;
}

function isObject(value) {
  return typeof value === "object" && value !== null;
}
