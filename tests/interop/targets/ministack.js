import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../../infra/test/serve.py", import.meta.url));

/** An independent imitation: each target is a stack of the template with the given parameters. */
export class Ministack {
  name = "ministack";

  /** @param {string} python a Python that has ministack */
  constructor(python) {
    this.process = spawn(python, [PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface(this.process.stdout)[Symbol.asyncIterator]();
  }

  /** @type {import("./index.js").Serve} */
  async serve(plan, keys = 1) {
    const stacks = [];
    for (let key = 0; key < keys; key++) stacks.push(await this.#deploy(plan));
    return {
      keys: stacks.map(({ url, headers }) => ({ url, headers })),
      seen: async () => {
        const counts = await Promise.all(
          stacks.map(async ({ seen }) => Number(await (await fetch(seen)).text())),
        );
        return counts.reduce((sum, count) => sum + count, 0);
      },
    };
  }

  /** A stack has one key. */
  async #deploy({ rate, burst, quota }) {
    const parameters = {
      RequestsPerSecond: String(rate),
      Burst: String(burst),
      ...(quota && { QuotaLimit: String(quota) }),
    };
    this.process.stdin.write(`${JSON.stringify(parameters)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error("ministack ended before it served");
    return JSON.parse(value);
  }

  async stop() {
    this.process.stdin.end();
    if (this.process.exitCode === null) await once(this.process, "exit");
  }
}
