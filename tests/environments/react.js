import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launchBrowser } from "../e2e/harness/browser.js";
import { startPageServer } from "../e2e/harness/page-server.js";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BUSY = "The application is busy, please try again in a moment.";

/**
 * A server-rendered page in StrictMode, with a part that suspends, on the development build of React.
 *
 * @param {string} version of React
 * @returns {import("./harness/environment.js").Environment}
 */
export function reactPage(version) {
  return {
    name: `React ${version.split(".")[0]}, rendered by a server, Chromium`,
    quick: true,
    checks: ["server", "hydrate", "suspense", "notice", "axe", "quiet"],
    async run({ projects, api }) {
      const project = await projects.fixture("react", { react: version, "react-dom": version });
      await project.build([
        ["vite", "build"],
        ["vite", "build", "--ssr", "render.jsx", "--outDir", "server"],
        ["node", "server/render.js"],
      ]);
      const server = await startPageServer((path) => join(project.path("dist"), path));
      const browser = await launchBrowser();
      try {
        const url = `${server.url}/?${new URLSearchParams({ api: `${api.run().url}/` })}`;
        return await use(await browser.newPage(), url, version);
      } finally {
        await browser.close();
        await server.stop();
      }
    },
  };
}

/** Acts as a person who loads orders, has to wait, and gets them. */
async function use(page, url, version) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const own = !message.text().startsWith("Failed to load resource");
    if (own && /^(error|warning)$/.test(message.type())) complaints.push(message.text());
  });
  const { request } = page.context();
  const html = await (await request.get(url)).text();
  const isRendered = html.includes(`React ${version}</h1><p id="status">open</p>`) && !html.includes(BUSY);
  await page.goto(url);
  const notice = page.getByRole("status");
  await page.getByRole("heading", { name: `React ${version}` }).waitFor();
  const outcome = {
    server: isRendered ? "passed" : html,
    axe: await findings(page, "at rest"),
  };
  // The waits start before the pause, since these elements exist only during it.
  const seen = [
    page.getByText("paused", { exact: true }),
    page.getByText("Loading"),
    notice.filter({ hasText: BUSY }),
  ].map((locator) => passes(locator.waitFor()));
  await page.getByRole("button", { name: "Load" }).click();
  [outcome.hydrate, outcome.suspense, outcome.notice] = await Promise.all(seen);
  outcome.axe += await findings(page, "paused");
  await page.getByText("Sent 2 times").waitFor();
  await page.getByText("open", { exact: true }).waitFor();
  outcome.axe += await findings(page, "recovered");
  const left = await notice.textContent();
  if (left !== "") outcome.notice = `it still says ${left}`;
  outcome.axe ||= "passed";
  outcome.quiet = complaints.join("\n") || "passed";
  return outcome;
}

const passes = (seen) =>
  seen.then(
    () => "passed",
    (error) => error.message,
  );

/** The findings of axe as text; empty if there are none. */
async function findings(page, when) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${when}: ${id} at ${nodes.map(({ html }) => html)}\n`).join("");
}
