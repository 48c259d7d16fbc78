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
 * Every request of every caller goes through one outgoing queue per scope. When the gateway answers 429, the
 * whole scope pauses (what is queued and what is called later), for as long as the gateway asks, or with
 * exponential backoff and jitter where it does not say; then the scope probes with one request and speeds up
 * again as far as the limit allows.
 *
 * `new ApiServiceClient()` is synchronous and needs no init, in a page, a worker, a service worker, Node, or a test.
 */
export class ApiServiceClient extends BaseClient {
  /** @throws TypeError that names the option and its bad value; an unknown option is an error too. */
  constructor(options?: ApiServiceClientOptions) {
    startNow(wasmBytes);
    super(options);
  }
}

/** Loads the WebAssembly ahead of the first construction, without blocking. Optional. */
export function init(source?: WasmSource): Promise<void> {
  return startLater(() => source ?? wasmBytes());
}
