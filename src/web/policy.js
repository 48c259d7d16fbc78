// The decisions that need what only JavaScript has: the request before it is sent, and the error of the platform. Pure
// functions; everything else is decided by the core.

const SAFE = /^(GET|HEAD)$/;
const IDEMPOTENT = /^(GET|HEAD|OPTIONS|PUT|DELETE)$/;
// A path segment that looks like an id: a number, a UUID, or at least 12 hexadecimal digits.
const ID = /\/(?:\d+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{12,})(?=\/|$)/gi;
/** Number of routes that a client tells apart: a page has some dozens. */
export const MAX_ROUTES = 256;

/** Returns true for a method that a server only reads for. */
export function isSafe(method) {
  return SAFE.test(method);
}

/** Returns true for a method that may be sent twice (RFC 9110, section 9.2.2). */
export function isIdempotent(method) {
  return IDEMPOTENT.test(method);
}

/** Replaces each id of a path by `*`, so that one route stands for all paths that differ only by ids. */
export function routePath(path) {
  return path.replace(ID, "/*");
}

/** Returns true if `error` may be all that a browser shows of a response that CORS hides from the page. */
export function mayHideResponse(error, page, origin, mode) {
  return error?.name === "TypeError" && page !== undefined && page !== origin && mode === "cors";
}
