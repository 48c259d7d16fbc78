import { execFile } from "node:child_process";
import { promisify } from "node:util";

const ROOT = new URL("../..", import.meta.url);

/** The results of the native simulation for some scenarios: medians over the seeds, by name. */
export async function simulate(scenarios, seeds) {
  const run = ["run", "--quiet", "--profile", "sim", "--package", "simulation", "--"];
  const flags = ["--json", "--seeds", String(seeds), ...scenarios.flatMap((name) => ["--scenario", name])];
  const { stdout } = await promisify(execFile)("cargo", [...run, ...flags], { cwd: ROOT });
  return JSON.parse(stdout);
}
