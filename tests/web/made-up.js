// What a transport may resolve with, and what only JavaScript can watch.

/** An answer of 429 that leaves open whether a limit or a quota was met, until its body is read. */
export function undecided(body) {
  const text = () => (body === undefined ? new Promise(() => {}) : Promise.resolve(body));
  return { status: 429, headers: new Headers(), clone: () => ({ text }) };
}

/** An answer of which everything throws that is looked at. */
export function booby() {
  return new Proxy(
    {},
    {
      get(_, name) {
        // A promise looks for it, and finds none.
        if (name === "then") return undefined;
        throw new Error(`${String(name)} was looked at`);
      },
    },
  );
}

/** An answer as transports of Node make it: its body is a stream, but none that a browser knows. */
export function withForeignBody(status) {
  return {
    status,
    headers: new Headers({ "content-type": "text/html", "retry-after": "1" }),
    body: { pipe() {} },
  };
}

/** Has a controller's signal count how many listeners it has. */
export function countedSignal(controller) {
  return countedListeners(controller.signal);
}

/** Has a target count its listeners from now on. Returns a function that says how many there are. */
export function countedListeners(target) {
  const listeners = new Set();
  const { addEventListener, removeEventListener } = target;
  target.addEventListener = function (type, listener, options) {
    listeners.add(listener);
    addEventListener.call(this, type, listener, options);
  };
  target.removeEventListener = function (type, listener, options) {
    listeners.delete(listener);
    removeEventListener.call(this, type, listener, options);
  };
  return () => listeners.size;
}
