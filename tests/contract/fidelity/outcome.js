// The outcome of a call in a comparable form: the answer with all visible properties, or the class of the
// error.
//
// The text of an error differs between platforms and is left out.

/** @param {() => Promise<unknown>} call */
export async function outcome(call) {
  try {
    return { resolved: await described(await call()) };
  } catch (error) {
    return { rejected: classOf(error) };
  }
}

/**
 * The same fetch; a synchronous throw becomes a failure of its own kind, since a fetch reports errors by its
 * promise.
 */
export const neverThrowing =
  (fetch) =>
  (...args) => {
    try {
      return fetch(...args);
    } catch (error) {
      throw new EvalError("fetch itself has thrown", { cause: error });
    }
  };

async function described(value) {
  if (!(value instanceof Response)) return value;
  const { status, statusText, type, url, redirected, bodyUsed } = value;
  return {
    ...{ status, statusText, type, url, redirected, bodyUsed },
    headers: [...value.headers].filter(([name]) => !VARYING.includes(name)),
    text: await value.text(),
  };
}

const VARYING = ["date", "connection", "keep-alive", "transfer-encoding"];

function classOf(error) {
  if (!(error instanceof Error || error instanceof DOMException)) return { value: error };
  return { name: error.name, isTypeError: error instanceof TypeError };
}
