import { Ministack } from "./ministack.js";
import { MockGateway } from "./mock-gateway.js";

/**
 * The limits of a key: `rate` requests a second, `burst` at once, `quota` a day.
 *
 * @typedef {{ rate: number, burst: number, quota?: number }} Plan
 */

/**
 * A gateway with a plan: the requests for each of its keys, and the number of calls that its backend has
 * seen.
 *
 * The mock gateway also reports its counts, and its decisions for each key.
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
 * The source of targets: the mock gateway, or ministack if the variable MINISTACK names a Python that has it.
 *
 * @returns {{ name: string, serve: Serve, stop: () => Promise<void> }}
 */
export function gateways({ MINISTACK } = process.env) {
  return MINISTACK ? new Ministack(MINISTACK) : new MockGateway();
}
