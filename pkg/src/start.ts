import { answered, answeredElsewhere, initSync, judged } from "#glue";
import type { Core } from "#web/calls.js";

/** What WebAssembly can be started from. */
export type WasmSource = WebAssembly.Module | BufferSource | Response | Promise<Response>;

let live: Core | undefined;
let pending: Promise<void> | undefined;

/** The WebAssembly half of every client. */
export function core(): Core {
  if (live) return live;
  throw new Error("api-service-client/slim: await init(source) before the first client is made");
}

/** Starts the WebAssembly at once, unless it runs already. */
export function startNow(source: () => WebAssembly.Module | BufferSource): void {
  if (live) return;
  try {
    // What takes numbers alone is called directly: nothing stands in between.
    live = { ...initSync({ module: source() }), answered, answeredElsewhere, judged };
  } catch (cause) {
    if (cause instanceof WebAssembly.CompileError || cause instanceof EvalError) throw blocked(cause);
    throw cause;
  }
}

/** Starts the WebAssembly without blocking. A failure is not remembered: the next call tries again. */
export function startLater(source: () => WasmSource): Promise<void> {
  if (live) return Promise.resolve();
  pending ??= compile(source)
    .then((module) => startNow(() => module))
    .finally(() => {
      pending = undefined;
    });
  return pending;
}

async function compile(source: () => WasmSource): Promise<WebAssembly.Module> {
  const given = await source();
  if (given instanceof WebAssembly.Module) return given;
  const bytes = given instanceof Response ? await given.arrayBuffer() : given;
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw blocked(cause);
  }
}

function blocked(cause: unknown): Error {
  return new Error(
    "WebAssembly cannot be compiled here. If the page has a Content-Security-Policy, its script-src needs 'wasm-unsafe-eval'.",
    { cause },
  );
}
