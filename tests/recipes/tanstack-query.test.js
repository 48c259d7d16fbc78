import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { IDS, network, orders } from "./network.js";
import { recipe } from "./recipe.js";

describe("TanStack Query", async () => {
  const net = network(orders);
  const { client, order, queryClient } = await (await recipe("tanstack-query")).load("queries.js");
  after(() => {
    client.close();
    queryClient.clear();
  });
  /** The number of sends of a request that is answered with `answer`. */
  const sends = async (id, answer) => {
    let sent = 0;
    globalThis.fetch = async () => {
      sent += 1;
      return answer();
    };
    const query = queryClient.fetchQuery({ ...order(id), retryDelay: 0, retry: retryOf(queryClient) });
    await assert.rejects(query);
    return sent;
  };

  test("loads everything, and never sees a 429", async () => {
    const loaded = await Promise.all(IDS.map((id) => queryClient.fetchQuery(order(id))));
    assert.deepEqual(
      loaded,
      IDS.map((id) => ({ id })),
    );
    assert.ok(net.gateway.stats.throttled > 0);
  });

  test("its retries are for what the client leaves alone", async () => {
    const unavailable = () => new Response(null, { status: 500 });
    assert.equal(await sends("failing", unavailable), 4);
  });

  test("what is wrong with a request is said at once", async () => {
    assert.equal(await sends("none", () => new Response(null, { status: 404 })), 1);
  });

  test("what the client has given up is not asked for again", async () => {
    const used = () =>
      new Response(null, { status: 429, headers: { "x-amzn-errortype": "LimitExceededException" } });
    assert.equal(await sends("quota", used), 1);
    // From here on the client rejects by itself.
    assert.equal(await sends("quota, again", used), 0);
  });
});

/** `fetchQuery` retries only on request, while a component's query uses the defaults. */
const retryOf = (queryClient) => queryClient.getDefaultOptions().queries.retry;
