import { launchBrowser } from "./browser.js";
import { DemoPage } from "./demo-page.js";
import { startGateway } from "./mock-gateway.js";
import { startPageServer } from "./page-server.js";

/**
 * Starts the whole demonstration: a gateway with this plan, the page, and a browser.
 *
 * @param {Record<string, string | number>} plan the gateway's flags
 */
export async function startDemo(plan) {
  const [gateway, server, browser] = await Promise.all([
    startGateway(plan),
    startPageServer(),
    launchBrowser(),
  ]);
  const url = `${server.url}/?gateway=${encodeURIComponent(gateway.url)}`;

  return {
    gateway,
    url,
    /** A browser profile of its own, without state from other tests. */
    newProfile: (options = {}) => browser.newContext(options),
    /** Opens the page in a tab of `profile`, or of a new profile. */
    async openPage({ profile, ...options } = {}) {
      const demo = new DemoPage(await (profile ?? (await browser.newContext(options))).newPage());
      await demo.open(url);
      return demo;
    },
    /** Closes every tab, and resets the gateway. */
    async startOver() {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await gateway.reset();
    },
    async stop() {
      await browser.close();
      await Promise.all([gateway.stop(), server.stop()]);
    },
  };
}
