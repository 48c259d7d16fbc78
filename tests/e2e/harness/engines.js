import { launchBrowser } from "./browser.js";
import { WebDriverSession } from "./webdriver.js";

const { FIREFOX_DRIVER, WEBKIT_DRIVER, MINIBROWSER } = process.env;

/**
 * A tab in a profile of its own, with no more than every engine can be asked for.
 *
 * @typedef {object} Tab
 * @property {(url: string) => Promise<void>} goto
 * @property {() => Promise<void>} reload
 * @property {<T>(fn: (...args: any[]) => T, ...args: unknown[]) => Promise<T>} evaluate what a function returns in the page
 * @property {() => Promise<void>} close
 * @property {string[]} complaints errors that no one handled, and what was logged as an error: only Chromium tells
 */

/**
 * The engines that there are here: the drivers of the others are not running.
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
    // Chromium itself reports each 429 as a failed resource.
    const own = !message.text().startsWith("Failed to load resource");
    if (own && message.type() === "error") complaints.push(message.text());
  });
  return {
    complaints,
    goto: (url) => page.goto(url),
    reload: () => page.reload(),
    // Playwright passes one argument.
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
