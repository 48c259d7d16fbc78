// Where a call goes.

// No URL begins with a line break.
let known = { prefix: "\n", origin: "" };

/** The origin of an absolute URL. Most calls go where the one before went: parsing that again costs a microsecond. */
export function originOf(url) {
  if (url.startsWith(known.prefix)) return known.origin;
  if (!URL.canParse(url)) return "null";
  const { origin } = new URL(url);
  if (origin !== "null") known = { prefix: `${origin}/`, origin };
  return origin;
}

export function absoluteUrl(url, base) {
  if (typeof url === "string" && url.startsWith(known.prefix)) return url;
  try {
    return new URL(url, base).href;
  } catch {
    return undefined;
  }
}

export function pageUrl() {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}
