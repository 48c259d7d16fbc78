import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const OUTPUT = fileURLToPath(new URL("../output", import.meta.url));

/** What stands in the page, and what a person can do with it. */
export class DemoPage {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    this.notice = page.locator(".notice");
    this.status = page.locator("[data-status]");
    /** Errors that no one handled, and what was logged as an error or a warning. */
    this.complaints = [];
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      // Chromium itself reports each 429 as a failed resource.
      const own = !message.text().startsWith("Failed to load resource");
      if (own && ["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
  }

  async open(url) {
    await this.page.addInitScript(rememberWhatIsSpoken);
    await this.page.goto(url);
    await this.status.waitFor();
  }

  /** @param at epoch milliseconds, where it is not to be now */
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

  /** Waits until that many requests are over, well or badly. */
  async finished(count, timeout = 30_000) {
    const areOver = (count) => {
      const numberBelow = (label) => {
        const term = [...document.querySelectorAll("dt")].find((term) => term.textContent === label);
        return Number(term.nextElementSibling.textContent.replaceAll(",", ""));
      };
      return numberBelow("Done") + numberBelow("Failed") === count;
    };
    // A page in the background paints no frames: by time, not by frame.
    await this.page.waitForFunction(areOver, count, { timeout, polling: 50 });
  }

  /** The number below a label, of the client's account or of the gateway's. */
  async figure(label, account = "client") {
    const section = this.page.getByRole("region", { name: `Counted by the ${account}` });
    const figure = section.locator(".figure", { has: this.page.getByText(label, { exact: true }) });
    return toNumber(await figure.locator("dd").innerText());
  }

  /** Waits until a figure of the gateway's account, which is asked for from time to time, is that number. */
  async gatewayShows(label, number) {
    const section = this.page.getByRole("region", { name: "Counted by the gateway" });
    const figure = section.locator(".figure", { has: this.page.getByText(label, { exact: true }) });
    await figure.locator("dd", { hasText: new RegExp(`^${number.toLocaleString("en")}$`) }).waitFor();
  }

  /** Every text that the live region took on. */
  spoken() {
    return this.page.evaluate(() => window.spoken);
  }

  /** The page as it is, for people to look at: output/<name>.png. */
  async picture(name) {
    await mkdir(OUTPUT, { recursive: true });
    await this.page.screenshot({ path: `${OUTPUT}/${name}.png`, fullPage: true });
  }
}

const toNumber = (text) => Number(text.replaceAll(",", ""));

/** In the page: what a screen reader would say of the live region, which speaks when its words change. */
function rememberWhatIsSpoken() {
  window.spoken = [];
  let last = "";
  new MutationObserver(() => {
    const words = document.querySelector('[role="status"]')?.textContent ?? "";
    if (words !== last && words !== "") window.spoken.push(words);
    last = words;
  }).observe(document, { childList: true, characterData: true, subtree: true });
}
