import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { launchBrowser } from "./harness/browser.js";

const PACKAGE = new URL("../../pkg/dist/index.js", import.meta.url);

/** A client whose first call is refused for a minute; runs in any realm. */
const REFUSED = `
  import { ApiServiceClient } from "/client.js";
  const answer = async () =>
    new Response(null, { status: 429, headers: { "retry-after": "60", "content-type": "text/html" } });
  globalThis.client = new ApiServiceClient({ fetch: answer });
  globalThis.client.fetch("https://api.example.com/").catch(() => {});
`;

/** Runs in the page: its own client learns of the pause from a realm that is started afterwards. */
const pauseHeardFrom = async (begin) => {
  const { ApiServiceClient } = await import("/client.js");
  const client = new ApiServiceClient({ fetch: async () => new Response(), persist: false });
  await client.fetch("https://api.example.com/");
  const paused = new Promise((resolve) => client.addEventListener("throttled", resolve, { once: true }));
  await begin();
  const { detail } = await paused;
  client.close();
  return [detail.source, detail.delayMs > 50_000];
};

describe("a page hears of a pause that a client is asked for in", () => {
  let server;
  let browser;
  before(async () => {
    const files = { "/": "<!doctype html>", "/refused.js": REFUSED, "/client.js": await readFile(PACKAGE) };
    server = createServer(({ url }, response) => {
      const type = url.endsWith(".js") ? "text/javascript" : "text/html";
      response.writeHead(url in files ? 200 : 404, { "content-type": type }).end(files[url]);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  const places = {
    "another client of the page": () => import("/refused.js"),
    "a worker": () => new Worker("/refused.js", { type: "module" }),
    "a shared worker": () => new SharedWorker("/refused.js", { type: "module" }),
    "a service worker": () => navigator.serviceWorker.register("/refused.js", { type: "module" }),
  };
  for (const [place, begin] of Object.entries(places))
    test(place, async () => {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      const heard = await page.evaluate(`(${pauseHeardFrom})(${begin})`);
      assert.deepEqual(heard, ["another-tab", true]);
      await page.context().close();
    });
});
