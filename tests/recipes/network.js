// A gateway instead of the network. It refuses the sixth request of a burst.
import { afterEach, beforeEach } from "node:test";
import { MockGateway } from "api-service-client/testing";

/** Creates a gateway for each test of the file. `backend` answers the admitted requests. */
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

/** Answers with an order, whose id is the last part of the path. */
export const orders = (request) => Response.json({ id: new URL(request.url).pathname.split("/").at(-1) });

/** The ids of twelve orders, more than a burst. */
export const IDS = Array.from({ length: 12 }, (_, id) => String(id));
