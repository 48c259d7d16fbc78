/** A gateway that runs already. It has one key, and its backend is out of sight. */
export class Somewhere {
  /**
   * @param {string} url of the stage
   * @param {Record<string, string>} headers what every call needs
   */
  constructor(url, headers) {
    this.name = new URL(url).host;
    this.url = url;
    this.headers = headers;
  }

  /** @type {import("../interop/targets/index.js").Serve} */
  async serve(_, keys = 1) {
    return { keys: Array(keys).fill({ url: this.url, headers: this.headers }), isShared: true };
  }

  async stop() {}
}
