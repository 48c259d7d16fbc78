// Unusual answers of a transport, and counters that only JavaScript can provide.

/** A 429 that reveals only in its body whether a limit or a quota was met. */
export function undecided(body) {
  const text = () => (body === undefined ? new Promise(() => {}) : Promise.resolve(body));
  return { status: 429, headers: new Headers(), clone: () => ({ text }) };
}

/** An answer that throws on every property access. */
export function booby() {
  return new Proxy(
    {},
    {
      get(_, name) {
        // Promise resolution looks for `then` and must find none.
        if (name === "then") return undefined;
        throw new Error(`${String(name)} was looked at`);
      },
    },
  );
}

/** An answer of a Node transport: its body is a stream of a kind that browsers do not know. */
export function withForeignBody(status) {
  return {
    status,
    headers: new Headers({ "content-type": "text/html", "retry-after": "1" }),
    body: { pipe() {} },
  };
}

/** Makes a controller's signal count its listeners. */
export function countedSignal(controller) {
  return countedListeners(controller.signal);
}

/** Makes a target count its listeners from now on. Returns a function that reads the count. */
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
