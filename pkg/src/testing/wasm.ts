import { initSync } from "#gateway/glue";
import { wasmBytes } from "#gateway/wasm";

let isStarted = false;

/** Starts the gateway's WebAssembly, unless it runs already. */
export function start(): void {
  if (isStarted) return;
  initSync({ module: wasmBytes() });
  isStarted = true;
}
