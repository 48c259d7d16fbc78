// Copies of what a caller passes to fetch: taken at the call, and made anew for each attempt.

import { badOption } from "./errors.js";

/**
 * Returns a copy of `init` that the caller cannot change, without `throttle` and without the members that `taken` has
 * already. A stream is not copied: it can be read only once.
 */
export function copyOfInit(init, taken) {
  if (Object(init) !== init) throw badOption("init", "an object", init);
  const copy = {};
  // Not a spread: fetch also reads inherited members, those of a class included.
  for (let from = init; from && from !== Object.prototype; from = Object.getPrototypeOf(from))
    for (const key of Object.getOwnPropertyNames(from))
      if (!(key in copy || key in taken)) copy[key] = init[key];
  delete copy.throttle;
  if (copy.headers !== undefined) copy.headers = copyOfHeaders(copy.headers);
  if (typeof copy.body === "object" && copy.body !== null) copy.body = copyOfBody(copy.body);
  return copy;
}

function copyOfHeaders(headers) {
  if (typeof headers !== "object" || headers === null || Object.getPrototypeOf(headers) !== Object.prototype)
    return new Headers(headers);
  const copy = { ...headers };
  for (const name in copy) copy[name] = `${copy[name]}`;
  return copy;
}

function copyOfBody(body) {
  if (body instanceof ArrayBuffer) return body.slice(0);
  if (ArrayBuffer.isView(body) && body.byteLength > 0)
    // A view, not a buffer: fetch refuses shared memory only in a view.
    return new Uint8Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength));
  if (body instanceof URLSearchParams) return new URLSearchParams(body);
  if (body instanceof FormData) {
    const copy = new FormData();
    for (const [name, value] of body) copy.append(name, value);
    return copy;
  }
  return body;
}

/** Returns true for a body that can be sent only once. */
export function isStream(body) {
  return (
    typeof body === "object" &&
    body !== null &&
    (body instanceof ReadableStream || Symbol.asyncIterator in body)
  );
}

/**
 * Returns the input and the init of one attempt. `clientHeaders`, if given, are added where the caller has no header of
 * that name.
 */
export function attemptOf({ input, init, resend }, clientHeaders) {
  const isUrl = typeof input === "string";
  if (clientHeaders === undefined)
    // Sending a Request uses up its body: the original stays unread for the next attempt.
    return [isUrl || !resend || hasNoBody(input) ? input : input.clone(), init];
  const headers = new Headers(clientHeaders);
  if (isUrl) {
    new Headers(init?.headers).forEach((value, name) => {
      headers.set(name, value);
    });
    return [input, { ...init, headers }];
  }
  // An init beside a Request resets its referrer and referrer policy, so a clone of the Request takes the headers.
  const copy = input.clone();
  headers.forEach((value, name) => {
    if (!copy.headers.has(name)) copy.headers.set(name, value);
  });
  return [copy, init];
}

function hasNoBody(request) {
  return request.body === null || request.method === "GET" || request.method === "HEAD";
}
