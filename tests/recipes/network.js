// In the place of the network: a gateway that refuses the sixth request of a burst.
import { afterEach, beforeEach } from "node:test";
import { MockGateway } from "api-service-client/testing";

/** Of each test in the file its own gateway. `backend` answers what that lets through. */
export function network(backend) {
  const { fetch } = globalThis;
  const current = {};
  beforeEach(() => {
    current.gateway = new MockGateway({ plan: { rate: 50, burst: 5 }, backend });
    globalThis.fetch = current.gateway.fetch;
  });
  afterEach(() => {
    globalThis.fetch = fetch;
  });
  return current;
}

/** An order, by the number at the end of a path. */
export const orders = (request) => Response.json({ id: new URL(request.url).pathname.split("/").at(-1) });

/** So many numbers of orders, more than a burst. */
export const IDS = Array.from({ length: 12 }, (_, id) => String(id));
