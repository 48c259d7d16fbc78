// Each page's library loads twelve orders through a gateway that at first refuses the sixth.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { IDS, network, orders } from "./network.js";
import { recipe } from "./recipe.js";

const libraries = {};
for (const name of ["ky", "axios", "openapi-fetch"])
  libraries[name] = await (await recipe(name)).load("api.js");
after(() => {
  for (const { client } of Object.values(libraries)) client.close();
});

for (const [name, { loadOrder }] of Object.entries(libraries))
  describe(name, () => {
    const net = network(orders);

    test("loads everything, and never sees a 429", async () => {
      const loaded = await Promise.all(IDS.map((id) => loadOrder(id)));
      assert.deepEqual(
        loaded,
        IDS.map((id) => ({ id })),
      );
      assert.equal(net.gateway.stats.admitted, IDS.length);
      assert.ok(net.gateway.stats.throttled > 0);
    });

    test("says what went wrong where something did", async () => {
      globalThis.fetch = async () => Response.json({ message: "no" }, { status: 404 });
      await assert.rejects(loadOrder("none"));
    });
  });

describe("ky, besides", () => {
  network(orders);
  const { api, client } = libraries.ky;

  test("a signal frees a request's place in the queue", async () => {
    client.pause();
    const controller = new AbortController();
    const rejected = assert.rejects(api.get("orders/1", { signal: controller.signal }).json(), {
      name: "AbortError",
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(client.state.queued, 1);
    controller.abort();
    await rejected;
    assert.equal(client.state.queued, 0);
    client.resume();
  });

  test("does not send a refused request again by itself", async () => {
    let sent = 0;
    globalThis.fetch = async () => {
      sent += 1;
      // A used-up quota goes to its caller at once.
      return new Response(null, { status: 429, headers: { "x-amzn-errortype": "LimitExceededException" } });
    };
    await assert.rejects(api.get("orders/1").json(), { name: "HTTPError" });
    assert.equal(sent, 1);
  });
});
