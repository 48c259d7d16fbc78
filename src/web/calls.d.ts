import type { Core } from "../../pkg/build/core";

/** One client's calls: the JavaScript half of the client. */
export declare class Calls {
  constructor(core: Core, owner: object, options: object | undefined);
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  handleThrottlingError(response: { status: number; headers?: HeadersInit; url?: string }): number;
  pause(durationMs?: number): void;
}
