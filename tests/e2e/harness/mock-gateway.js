import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM =
  process.env.MOCK_GATEWAY ?? fileURLToPath(new URL("../../../target/debug/mock-gateway", import.meta.url));

/**
 * Starts the mock gateway as a process on a free port.
 *
 * @param {Record<string, string | number | string[]>} flags its flags, without the dashes: `{ rate: "20/s",
 *   burst: 200 }`
 */
export async function startGateway(flags) {
  const args = Object.entries({ port: 0, ...flags }).flatMap(([flag, values]) =>
    [values].flat().flatMap((value) => [`--${flag}`, ...(value === true ? [] : [String(value)])]),
  );
  const process = spawn(PROGRAM, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    process.once("error", reject);
    process.once("exit", (code) => reject(new Error(`${PROGRAM} ended with ${code} before it listened`)));
    createInterface(process.stdout).once("line", (line) => resolve(line.split(" listening on ")[1]));
  });

  const ask = async (path, init) => {
    const response = await fetch(`${url}/__gateway/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    url,
    stats: async () => (await ask("stats")).json(),
    /** Every decision so far, in order, without preflights. */
    log: async () => (await (await ask("log")).json()).filter(({ method }) => method !== "OPTIONS"),
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    reset: (changes = {}) => ask("reset", { method: "POST", body: JSON.stringify(changes) }),
    stop: async () => {
      process.kill();
      if (process.exitCode === null) await once(process, "exit");
    },
  };
}
