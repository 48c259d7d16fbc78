/**
 * A browser with one tab, driven through the HTTP interface of its WebDriver:
 * https://www.w3.org/TR/webdriver2/
 *
 * Only the commands that the tests use are there.
 */
export class WebDriverSession {
  #url;
  /** The protocol reports none. */
  complaints = [];

  constructor(url) {
    this.#url = url;
  }

  /**
   * @param {string} driver the driver's address
   * @param {object} capabilities the required capabilities, and the command that starts the browser
   */
  static async start(driver, capabilities) {
    const { sessionId } = await send("POST", `${driver}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    return new WebDriverSession(`${driver}/session/${sessionId}`);
  }

  async goto(url) {
    await send("POST", `${this.#url}/url`, { url });
  }

  async reload() {
    await send("POST", `${this.#url}/refresh`, {});
  }

  /**
   * Runs a function in the page and returns its result. The function is sent as source text, so it sees only
   * its arguments.
   *
   * @template T
   * @param {(...args: any[]) => T} fn
   * @returns {Promise<T>}
   */
  evaluate(fn, ...args) {
    return send("POST", `${this.#url}/execute/sync`, { script: `return (${fn})(...arguments)`, args });
  }

  /** Ends the browser, too. */
  async close() {
    await send("DELETE", this.#url);
  }
}

async function send(method, url, body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${url}: ${value.error}: ${value.message}`);
  return value;
}
