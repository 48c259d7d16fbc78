/** Compares two values: plain objects and arrays by their content, anything else by identity. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isPlain(a) || !isPlain(b) || a.constructor !== b.constructor) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameData(a[key], b[key]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  const made = (value as object | null | undefined)?.constructor;
  return made === Object || made === Array;
}
