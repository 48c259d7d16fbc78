import { wasmBytes } from "#wasm";
import { BaseClient } from "./client";
import { startLater, startNow, type WasmSource } from "./start";
import type { ApiServiceClientOptions } from "./types";

export {
  ApiServiceClientError,
  ClientClosedError,
  PauseTooLongError,
  QueueFullError,
  QueueTimeoutError,
  QuotaExceededError,
} from "#web/errors.js";
export type * from "./types";

/**
 * A `fetch` that respects the gateway's rate limit.
 *
 * Each scope has one outgoing queue. After a 429 the whole scope pauses: for the time that the gateway asks for, or with
 * exponential backoff and jitter if it asks for none. Then the scope sends one request as a probe, and speeds up again
 * as far as the limit allows.
 *
 * `new ApiServiceClient()` is synchronous and needs no init, in a page, a worker, a service worker, Node, or a test.
 */
export class ApiServiceClient extends BaseClient {
  /** @throws TypeError that names the option and its bad value. An unknown option is an error too. */
  constructor(options?: ApiServiceClientOptions) {
    startNow(wasmBytes);
    super(options);
  }
}

/** Compiles the WebAssembly before the first client is made, without blocking. Optional. */
export function init(source?: WasmSource): Promise<void> {
  return startLater(() => source ?? wasmBytes());
}
