import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { IDS, network } from "./network.js";
import { recipe } from "./recipe.js";

/** Answers the only query. */
function resolve(request) {
  const { id } = JSON.parse(new URL(request.url).searchParams.get("variables"));
  return Response.json({ data: { order: { id, total: 7 } } });
}

describe("urql", async () => {
  const net = network(resolve);
  const { client, loadOrder } = await (await recipe("urql")).load("graphql.js");
  after(() => client.close());

  test("loads everything, and never sees a 429", async () => {
    const loaded = await Promise.all(IDS.map((id) => loadOrder(id)));
    assert.deepEqual(
      loaded,
      IDS.map((id) => ({ id, total: 7 })),
    );
    assert.ok(net.gateway.stats.throttled > 0);
  });
});
