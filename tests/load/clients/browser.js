import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../../e2e/harness/browser.js";
import { startPageServer } from "../../e2e/harness/page-server.js";

const file = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** The files of the page, its clients and the built package. */
function fileOf(path) {
  if (path === "/index.html") return file("./page.html");
  return file((path.startsWith("/package/") ? "../../../pkg/dist/" : "./") + basename(path));
}

/**
 * Clients in web workers of a headless Chromium, all of one kind in one page.
 *
 * A page of the other kind is isolated: it has its own storage, channels and connections.
 *
 * @returns {Promise<import("../group.js").Place>}
 */
export async function openBrowser() {
  const [server, browser] = await Promise.all([startPageServer(fileOf), launchBrowser()]);
  return {
    name: `web workers of Chromium ${browser.version().split(".")[0]}`,
    async gather(work) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(server.url);
      await page.evaluate(gatherInPage, work);
      return async () => {
        const done = await page.evaluate(startInPage);
        await context.close();
        return done;
      };
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/** Runs in the page. */
async function gatherInPage({ workers, ...work }) {
  globalThis.crew = Array.from({ length: workers }, () => {
    const worker = new Worker("/clients/web-worker.js", { type: "module" });
    const ask = (message) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message || "a worker could not be loaded"));
        worker.postMessage(message);
      });
    return { ask };
  });
  await Promise.all(globalThis.crew.map(({ ask }) => ask(work)));
}

/** Runs in the page. */
function startInPage() {
  return Promise.all(globalThis.crew.map(({ ask }) => ask("start")));
}
