import { Ministack } from "./ministack.js";
import { MockGateway } from "./mock-gateway.js";

/**
 * What the owner of a key may send: `rate` requests a second, `burst` at once, `quota` a day.
 *
 * @typedef {{ rate: number, burst: number, quota?: number }} Plan
 */

/**
 * A gateway with a plan: how to call it with each of its keys, and how many calls its backend has seen. The mock gateway
 * also says what it counted, and its decisions about each key.
 *
 * @typedef {object} Target
 * @property {{ url: string, headers: Record<string, string> }[]} keys
 * @property {() => Promise<number>} [seen]
 * @property {() => Promise<Record<string, number>>} [stats]
 * @property {() => Promise<{ ms: number, status: number }[][]>} [decisions]
 * @property {() => Promise<string>} [metrics]
 */

/** @typedef {(plan: Plan, keys?: number) => Promise<Target>} Serve */

/**
 * Where targets come from: the mock gateway, unless MINISTACK names a Python that has ministack.
 *
 * @returns {{ name: string, serve: Serve, stop: () => Promise<void> }}
 */
export function gateways({ MINISTACK } = process.env) {
  return MINISTACK ? new Ministack(MINISTACK) : new MockGateway();
}
