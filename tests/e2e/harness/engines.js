import { launchBrowser } from "./browser.js";
import { WebDriverSession } from "./webdriver.js";

const { FIREFOX_DRIVER, WEBKIT_DRIVER, MINIBROWSER } = process.env;

/**
 * A tab in a profile of its own, limited to the functions that every engine offers.
 *
 * @typedef {object} Tab
 * @property {(url: string) => Promise<void>} goto
 * @property {() => Promise<void>} reload
 * @property {<T>(fn: (...args: any[]) => T, ...args: unknown[]) => Promise<T>} evaluate runs a function in
 *   the page and returns its result
 * @property {() => Promise<void>} close
 * @property {string[]} complaints unhandled errors and logged errors; always empty outside Chromium
 */

/**
 * The available engines: those whose drivers are running.
 *
 * @type {Record<string, () => Promise<Tab>>}
 */
export const engines = {
  Chromium: openChromium,
  ...(FIREFOX_DRIVER && { Firefox: openFirefox }),
  ...(WEBKIT_DRIVER && { WebKit: openWebkit }),
};

async function openChromium() {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // Chromium reports each 429 as a failed resource.
    const own = !message.text().startsWith("Failed to load resource");
    if (own && message.type() === "error") complaints.push(message.text());
  });
  return {
    complaints,
    goto: (url) => page.goto(url),
    reload: () => page.reload(),
    // Playwright passes a single argument.
    evaluate: (fn, ...args) => page.evaluate(`(${fn})(...${JSON.stringify(args)})`),
    close: () => browser.close(),
  };
}

function openFirefox() {
  return WebDriverSession.start(FIREFOX_DRIVER, { "moz:firefoxOptions": { args: ["-headless"] } });
}

function openWebkit() {
  return WebDriverSession.start(WEBKIT_DRIVER, {
    "webkitgtk:browserOptions": { binary: MINIBROWSER, args: ["--automation"] },
  });
}
