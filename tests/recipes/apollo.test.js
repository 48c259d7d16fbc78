import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { gql } from "@apollo/client";
import { IDS, network } from "./network.js";
import { recipe } from "./recipe.js";

/** Answers the only query and the only mutation. */
async function resolve(request) {
  if (request.method === "GET") {
    const { id } = JSON.parse(new URL(request.url).searchParams.get("variables"));
    return answer({ order: { __typename: "Order", id, total: 7 } });
  }
  const { id } = (await request.json()).variables;
  return answer({ cancelOrder: { __typename: "Order", id } });
}

const answer = (data) => Response.json({ data });

describe("Apollo Client", async () => {
  const net = network(resolve);
  const { apollo, cancelOrder, client, loadOrder } = await (await recipe("apollo")).load("graphql.js");
  after(() => {
    client.close();
    apollo.stop();
  });

  test("loads everything, and never sees a 429", async () => {
    const loaded = await Promise.all(IDS.map((id) => loadOrder(id)));
    assert.deepEqual(
      loaded.map(({ id, total }) => ({ id, total })),
      IDS.map((id) => ({ id, total: 7 })),
    );
    assert.equal(net.gateway.stats.admitted, IDS.length);
    assert.ok(net.gateway.stats.throttled > 0);
  });

  test("a mutation is sent again too, once for each that was refused", async () => {
    // The client has learned the limit by now, so the gateway's own need not refuse any of these.
    const { fetch } = net.gateway;
    let sends = 0;
    globalThis.fetch = (...args) => (sends++ === 0 ? new Response(null, { status: 429 }) : fetch(...args));
    const cancelled = await Promise.all(IDS.map((id) => cancelOrder(id)));
    assert.deepEqual(
      cancelled.map(({ id }) => id),
      IDS,
    );
    assert.equal(net.gateway.stats.admitted, IDS.length);
    assert.equal(sends - 1, net.gateway.stats.admitted + net.gateway.stats.throttled);
  });

  test("a mutation goes in front of the queries that wait", async () => {
    client.pause();
    const order = [];
    const calls = [
      loadOrder("first").then(() => order.push("query")),
      cancelOrder("second").then(() => order.push("mutation")),
    ];
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(client.state.queued, 2);
    client.resume();
    await Promise.all(calls);
    assert.deepEqual(order, ["mutation", "query"]);
  });

  test("a query that nobody watches any more leaves the queue", async () => {
    client.pause();
    const query = gql`query Watched { order(id: "watched") { id } }`;
    const watching = apollo.watchQuery({ query }).subscribe({});
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(client.state.queued, 1);
    watching.unsubscribe();
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(client.state.queued, 0);
    client.resume();
  });

  test("says what went wrong where something did", async () => {
    globalThis.fetch = async () => Response.json({ errors: [{ message: "no such order" }] });
    await assert.rejects(loadOrder("none"), /no such order/);
  });
});
