/** The functions of the WebAssembly half, as core.rs describes them. */
export interface Core {
  open(
    maxInFlight: number,
    maxAttempts: number,
    maxPauseMs: number,
    maxQueue: number,
    baseMs: number,
    maxMs: number,
    jitter: number,
    rate: number,
    burst: number,
  ): number;
  another(scope: number): number;
  release(scope: number): void;
  enter(scope: number, call: number, flags: number, maxWaitMs: number): number;
  accepted(scope: number, ticket: number): void;
  answered(scope: number, ticket: number, status: number, fields: string, random: number): number;
  judged(scope: number, ticket: number, body: string, fields: string, random: number): number;
  failed(scope: number, ticket: number): void;
  abort(scope: number, ticket: number): void;
  answeredElsewhere(scope: number, status: number, fields: string, random: number): number;
  pause(scope: number, durationMs: number): void;
  resume(scope: number): void;
  close(scope: number): void;
  wake(scope: number): void;
  next(scope: number): number;
  arm(scope: number): number;
  look(scope: number): void;
  value(index: number): number;
}

/** One client's calls: the JavaScript half of the client. */
export declare class Calls {
  constructor(core: Core, target: EventTarget, options: object | undefined);
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  handleThrottlingError(response: { status: number; headers?: HeadersInit; url?: string }): number;
  pause(durationMs?: number): void;
  resume(): void;
  close(): void;
  state(): object;
  watch(): void;
}
