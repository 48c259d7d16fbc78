/**
 * A browser with one tab, through the HTTP interface of its WebDriver: as little of it as the tests use.
 * https://www.w3.org/TR/webdriver2/
 */
export class WebDriverSession {
  #url;
  /** Its protocol does not tell of any. */
  complaints = [];

  constructor(url) {
    this.#url = url;
  }

  /**
   * @param {string} driver where the driver answers
   * @param {object} capabilities what the browser must be able to do, and how to start it
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
   * What a function returns in the page. It is sent as its source, so it sees nothing but its arguments.
   *
   * @template T
   * @param {(...args: any[]) => T} fn
   * @returns {Promise<T>}
   */
  evaluate(fn, ...args) {
    return send("POST", `${this.#url}/execute/sync`, { script: `return (${fn})(...arguments)`, args });
  }

  /** Ends the browser too. */
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
