import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const OUTPUT = fileURLToPath(new URL("../output", import.meta.url));

/** The contents of the page, and the actions of a person on it. */
export class DemoPage {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    this.notice = page.locator(".notice");
    this.status = page.locator("[data-status]");
    /** Unhandled errors, and messages logged as an error or a warning. */
    this.complaints = [];
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      // Chromium reports each 429 as a failed resource.
      const own = !message.text().startsWith("Failed to load resource");
      if (own && ["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
  }

  async open(url) {
    await this.page.addInitScript(rememberWhatIsSpoken);
    await this.page.goto(url);
    await this.status.waitFor();
  }

  /** @param at epoch milliseconds; now by default */
  async send(count, at) {
    await this.page.getByRole("spinbutton", { name: "Requests" }).fill(String(count));
    const button = this.page.getByRole("button", { name: "Send" });
    if (at === undefined) await button.click();
    else await button.evaluate((button, at) => setTimeout(() => button.click(), at - Date.now()), at);
  }

  press(button) {
    return this.page.getByRole("button", { name: button }).click();
  }

  async becomes(status) {
    await this.page.locator(`[data-status="${status}"]`).waitFor();
  }

  /** Waits until `count` requests have ended, successfully or not. */
  async finished(count, timeout = 30_000) {
    const areOver = (count) => {
      const numberBelow = (label) => {
        const term = [...document.querySelectorAll("dt")].find((term) => term.textContent === label);
        return Number(term.nextElementSibling.textContent.replaceAll(",", ""));
      };
      return numberBelow("Done") + numberBelow("Failed") === count;
    };
    // A page in the background paints no frames, so the poll uses a timer.
    await this.page.waitForFunction(areOver, count, { timeout, polling: 50 });
  }

  /** The number below a label, in the client's figures or in the gateway's. */
  async figure(label, account = "client") {
    const section = this.page.getByRole("region", { name: `Counted by the ${account}` });
    const figure = section.locator(".figure", { has: this.page.getByText(label, { exact: true }) });
    return toNumber(await figure.locator("dd").innerText());
  }

  /** Waits until a figure of the gateway, which the page polls, is `number`. */
  async gatewayShows(label, number) {
    const section = this.page.getByRole("region", { name: "Counted by the gateway" });
    const figure = section.locator(".figure", { has: this.page.getByText(label, { exact: true }) });
    await figure.locator("dd", { hasText: new RegExp(`^${number.toLocaleString("en")}$`) }).waitFor();
  }

  /** Every text that the live region has shown. */
  spoken() {
    return this.page.evaluate(() => window.spoken);
  }

  /** Saves a screenshot for people as output/<name>.png. */
  async picture(name) {
    await mkdir(OUTPUT, { recursive: true });
    await this.page.screenshot({ path: `${OUTPUT}/${name}.png`, fullPage: true });
  }
}

const toNumber = (text) => Number(text.replaceAll(",", ""));

/** Runs in the page: records the text that a screen reader would speak, whenever the live region changes. */
function rememberWhatIsSpoken() {
  window.spoken = [];
  let last = "";
  new MutationObserver(() => {
    const words = document.querySelector('[role="status"]')?.textContent ?? "";
    if (words !== last && words !== "") window.spoken.push(words);
    last = words;
  }).observe(document, { childList: true, characterData: true, subtree: true });
}
