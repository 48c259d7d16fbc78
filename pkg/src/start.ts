import { initSync } from "#glue";

/** The source of the WebAssembly. */
export type WasmSource = WebAssembly.Module | BufferSource | Response | Promise<Response>;

let isLive = false;
let pending: Promise<void> | undefined;

/** Returns true if the WebAssembly runs. */
export function isStarted(): boolean {
  return isLive;
}

/** Starts the WebAssembly at once, unless it runs already. */
export function startNow(source: () => WebAssembly.Module | BufferSource): void {
  if (isLive) return;
  try {
    initSync({ module: source() });
  } catch (cause) {
    if (cause instanceof WebAssembly.CompileError || cause instanceof EvalError) throw blocked(cause);
    throw cause;
  }
  isLive = true;
}

/** Starts the WebAssembly without blocking. After a failure the next call tries again. */
export function startLater(source: () => WasmSource): Promise<void> {
  if (isLive) return Promise.resolve();
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
