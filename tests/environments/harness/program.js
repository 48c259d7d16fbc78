import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The timeout covers a framework's build on a small machine. */
const PATIENCE_MS = 300_000;

/** Runs a program to its end. Rejects with its output if it fails or exceeds the timeout. */
export async function run(command, args, { cwd, env = {} }) {
  const child = start(command, args, cwd, env);
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
  const timer = setTimeout(() => kill(child, "SIGKILL"), PATIENCE_MS);
  const [code, signal] = await once(child, "close");
  clearTimeout(timer);
  const output = Buffer.concat(said).toString();
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code ?? signal}\n${output}`);
  return output;
}

/** Starts a server, and waits until it prints its address. */
export async function serve(command, args, { cwd, env = {} }) {
  const child = start(command, args, cwd, env);
  const said = [];
  const url = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} ended with ${code}\n${said.join("\n")}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on("line", (line) => {
        said.push(line);
        const address = line.match(/http:\/\/(localhost|127\.0\.0\.1):\d+/)?.[0];
        if (address) resolve(address);
      });
    }
  });
  return {
    url,
    async stop() {
      kill(child);
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

// A process group of its own lets its child processes end with it.
function start(command, args, cwd, env) {
  return spawn(command, args, {
    cwd,
    // The variables that npm sets for scripts would lead other npms and tools to this workspace.
    env: { ...withoutNpm(process.env), NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

function kill(child, signal = "SIGTERM") {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The process has already ended.
  }
}

function withoutNpm(env) {
  const own = ([name]) => !/^(npm_|INIT_CWD$|NODE_ENV$|NODE_TEST_CONTEXT$)/.test(name);
  return Object.fromEntries(Object.entries(env).filter(own));
}
