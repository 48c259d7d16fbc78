/** A gateway that is already running. It has one key, and its backend cannot be observed. */
export class Somewhere {
  /**
   * @param {string} url of the stage
   * @param {Record<string, string>} headers required by every call
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
