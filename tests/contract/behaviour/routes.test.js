// A method with a limit of its own.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BASE, Gateway, heard, throttledFor, virtualTime, watch } from "./gateway.js";

const time = virtualTime();
const SCOPE = new URL(BASE).origin;
const REPORTS = `${SCOPE} GET /reports/*`;

const statuses = (client) =>
  Object.fromEntries(Object.entries(client.state.scopes).map(([name, { status }]) => [name, status]));

const refuse = () => throttledFor(1);

/** Throttles one report and admits it after the pause, with other calls. Then throttles a report again. */
async function throttledTwice(gateway, client, init) {
  gateway.answers(refuse);
  const first = client.fetch("/reports/1");
  await time.pass(1_000);
  await first;
  for (let call = 0; call < 6; call += 1) await client.fetch("/items");
  gateway.answers(refuse);
  const second = watch(client.fetch("/reports/7f4a1c3e-0b8d-4d0e-9d5a-2f8d1b6c3e77?of=today", init));
  await time.settle();
  return second;
}

describe("a method that is throttled a second time while others are not", () => {
  test("is held alone: others are sent at once", async () => {
    const gateway = new Gateway();
    const client = gateway.client();
    const report = await throttledTwice(gateway, client);
    assert.deepEqual(statuses(client), { [SCOPE]: "open", [REPORTS]: "paused" });
    assert.equal((await client.fetch("/items")).status, 200);
    const another = watch(client.fetch("/reports/3"));
    await time.settle();
    assert.deepEqual([report.status, another.status], ["pending", "pending"]);
    await time.pass(1_000);
    assert.deepEqual([report.status, another.status], ["fulfilled", "fulfilled"]);
  });

  test("is one pause, of a scope whose name has neither an id nor a query", async () => {
    const gateway = new Gateway();
    const client = gateway.client();
    const events = heard(client);
    await throttledTwice(gateway, client);
    const ours = events.filter(({ scope }) => scope === REPORTS);
    assert.deepEqual(
      ours.map(({ type }) => type),
      ["throttled", "retry"],
    );
    assert.equal(ours[0].response.status, 429);
    assert.equal(client.state.status, "paused", "the most restricted scope");
    await time.pass(1_000);
  });

  test("can be aborted while it waits there", async () => {
    const gateway = new Gateway();
    const client = gateway.client();
    const controller = new AbortController();
    const report = await throttledTwice(gateway, client, { signal: controller.signal });
    const sent = gateway.sends.length;
    controller.abort();
    await time.pass(2_000);
    assert.equal(report.reason.name, "AbortError");
    assert.equal(gateway.sends.length, sent);
  });

  test("goes on with the rest after all if the rest is throttled too", async () => {
    const gateway = new Gateway();
    const client = gateway.client();
    const report = await throttledTwice(gateway, client);
    gateway.answers(refuse);
    const item = watch(client.fetch("/items"));
    await time.settle();
    assert.deepEqual(statuses(client), { [SCOPE]: "paused" });
    await time.pass(3_000);
    assert.deepEqual([report.status, item.status], ["fulfilled", "fulfilled"]);
  });
});

test("where one method is all that is called, its scope is held, however often it probes in vain", async () => {
  const gateway = new Gateway().answers(refuse, refuse, refuse);
  const client = gateway.client({ maxInFlight: 1 });
  const calls = Array.from({ length: 5 }, () => client.fetch("/reports"));
  for (let pause = 0; pause < 3; pause += 1) {
    await time.settle();
    assert.deepEqual(statuses(client), { [SCOPE]: "paused" });
    await time.pass(1_000);
  }
  await time.pass(10_000);
  await Promise.all(calls);
  assert.deepEqual(Object.keys(client.state.scopes), [SCOPE]);
});
