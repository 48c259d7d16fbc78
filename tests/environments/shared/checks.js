/**
 * The checks of the package, for every environment. They run in pages, workers, servers and tests, and know
 * none of them.
 *
 * They get the entry points and the address of an API, and report their results to it.
 *
 * @param {Record<string, any>} entries every entry point that the project can import, by its name
 * @param {string} api an API that refuses the first call with a 429 and a Retry-After of one second
 * @param {object} [given]
 * @param {() => any} [given.wasm] the project's source of the WebAssembly, for the slim entry
 * @param {Record<string, () => any>} [given.besides] additional checks of the project
 */
export async function check(entries, api, { wasm, besides } = {}) {
  const outcome = {};
  const met = meetALimit(entries.index.ApiServiceClient, `${api}/orders`);
  // Three later checks examine it.
  met.catch(() => {});
  const checks = {
    import: () => everyEntryExportsSomething(entries),
    construct: () => constructs(entries.index),
    options: () => refusesABadOption(entries.index),
    fetch: async () => waitsAsLongAsItIsAsked(await met),
    state: async () => showsThePause(await met),
    events: async () => tellsOfThePause(await met),
    ...(wasm && { slim: () => startsFrom(entries.slim, wasm) }),
    ...(entries.testing && { testing: () => imitatesAGateway(entries) }),
    ...besides,
  };
  for (const [name, run] of Object.entries(checks)) {
    try {
      await run();
      outcome[name] = "passed";
    } catch (error) {
      outcome[name] = `${error?.name}: ${error?.message}\n${error?.stack}`;
    }
  }
  await report(api, outcome);
}

/** Reports the result of each check to the API: "passed", or the reason of its failure. */
export function report(api, outcome) {
  return fetch(`${api}/outcome`, { method: "POST", body: JSON.stringify(outcome) });
}

async function meetALimit(ApiServiceClient, url) {
  const client = new ApiServiceClient();
  const events = [];
  for (const type of ["throttled", "retry", "resumed"]) {
    client.addEventListener(type, ({ detail }) => events.push({ type, detail, state: client.state }));
  }
  const answer = client.fetch(url);
  const before = client.state;
  const response = await answer;
  const { arrivals } = await response.json();
  // Waiting callers are settled before listeners learn of the pause's end.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const after = client.state;
  client.close();
  return { status: response.status, arrivals, events, before, after };
}

function everyEntryExportsSomething(entries) {
  for (const [name, entry] of Object.entries(entries)) {
    expect(Object.keys(entry).length > 0, `${name} exports nothing`);
  }
}

async function constructs({ ApiServiceClient, ClientClosedError }) {
  const client = new ApiServiceClient({ plan: { rate: 100 / 60, burst: 200 } });
  expect(client instanceof EventTarget, "a client is no EventTarget");
  expect(client.state.status === "open", `a new client is ${client.state.status}`);
  client.close();
  expect(client.state.status === "closed", `a closed client is ${client.state.status}`);
  const error = await client.fetch("https://api.example.com/").catch((error) => error);
  expect(error instanceof ClientClosedError, `a closed client gives ${error}`);
}

function refusesABadOption({ ApiServiceClient }) {
  let error;
  try {
    new ApiServiceClient({ maxInFlight: -1 });
  } catch (thrown) {
    error = thrown;
  }
  // The name is compared: a test runner may give the module another realm's TypeError.
  expect(error?.name === "TypeError", `a bad option gives ${error}`);
  expect(
    /maxInFlight.*-1/.test(error.message),
    `the error does not name the option and its value: ${error.message}`,
  );
}

function waitsAsLongAsItIsAsked({ status, arrivals }) {
  expect(status === 200, `the call ended with ${status}`);
  expect(arrivals.length === 2, `the call was sent ${arrivals.length} times`);
  const waited = arrivals[1] - arrivals[0];
  expect(waited >= 1_000, `the call was sent again after ${waited} ms`);
}

function showsThePause({ before, events, after }) {
  expect(before.inFlight === 1, `${before.inFlight} in flight once a call is made`);
  const paused = events.find(({ type }) => type === "throttled").state;
  expect(paused.status === "paused", `it is ${paused.status} when it is throttled`);
  expect(paused.queued === 1, `${paused.queued} waiting during the pause`);
  expect(paused.resumeAt > Date.now() - 60_000, `the pause ends at ${paused.resumeAt}`);
  expect(paused.message.includes("busy"), `the pause says ${paused.message}`);
  expect(after.status !== "paused" && after.message === null, `it is ${after.status} after the pause`);
  expect(after.queued + after.inFlight === 0, "something is left after the last call");
}

function tellsOfThePause({ events }) {
  const order = events.map(({ type }) => type).join();
  expect(order === "throttled,retry,resumed", `the events are ${order}`);
  const { source, delayMs } = events[0].detail;
  expect(source === "retry-after", `the pause comes from ${source}`);
  expect(delayMs >= 1_000, `the pause takes ${delayMs} ms`);
}

async function startsFrom({ ApiServiceClient, init }, wasm) {
  await init(await wasm());
  new ApiServiceClient().close();
}

async function imitatesAGateway({ index: { ApiServiceClient }, testing: { MockGateway } }) {
  const gateway = new MockGateway({ plan: { rate: 1, burst: 1 } });
  const client = new ApiServiceClient({ fetch: gateway.fetch, maxAttempts: 1, tabs: false, persist: false });
  const statuses = [];
  for (let call = 0; call < 2; call += 1) {
    statuses.push((await client.fetch("https://api.example.com/orders")).status);
  }
  client.close();
  expect(statuses.join() === "200,429", `the gateway answered ${statuses}`);
}

export function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}
