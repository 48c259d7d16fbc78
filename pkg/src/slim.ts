import { BaseClient } from "./client";
import { isStarted, startLater, type WasmSource } from "./start";
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
 * The same client without its WebAssembly, for a smaller script. Call `await init(source)` first, with
 * `api-service-client/api-service-client.wasm` as the source.
 */
export class ApiServiceClient extends BaseClient {
  /**
   * @throws Error if `init()` was not awaited
   * @throws TypeError that names the option and its bad value
   */
  constructor(options?: ApiServiceClientOptions) {
    if (!isStarted())
      throw new Error("api-service-client/slim: await init(source) before the first client is made");
    super(options);
  }
}

/** Loads the WebAssembly, once for all calls. */
export function init(source: WasmSource): Promise<void> {
  return startLater(() => source);
}
