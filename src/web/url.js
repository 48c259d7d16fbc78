// URLs: their origin, and the absolute form of what a caller passes.

import { badOption, kindOf } from "./errors.js";

// The origin of the last URL. No URL begins with a line break.
let known = { prefix: "\n", origin: "" };

/**
 * Returns the origin of an absolute URL; "null" if it has none. Most calls go to the origin of the call before, and
 * parsing a URL again costs a microsecond.
 */
export function originOf(url) {
  if (url.startsWith(known.prefix)) return known.origin;
  if (!URL.canParse(url)) return "null";
  const { origin } = new URL(url);
  if (origin !== "null") known = { prefix: `${origin}/`, origin };
  return origin;
}

/** Resolves a URL against a base; undefined if the result is no URL. */
export function absoluteUrl(url, base) {
  if (typeof url === "string" && url.startsWith(known.prefix)) return url;
  try {
    return new URL(url, base).href;
  } catch {
    return undefined;
  }
}

/** The URL that the page's relative URLs resolve against; undefined where there is no page and no worker. */
export function pageUrl() {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}

/** @throws TypeError if `baseUrl` is no URL */
export function checkedBase(baseUrl) {
  // In a page, the text of any other object would resolve as a relative URL.
  if (typeof baseUrl === "string" || kindOf(baseUrl) === "[object URL]") {
    const url = absoluteUrl(baseUrl, pageUrl());
    if (url !== undefined) return url;
  }
  throw badOption("baseUrl", "a URL", baseUrl);
}
