// Measures the production bundle of each entry point, gzipped. `cargo xtask size` runs it, and fails if a budget is exceeded.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const wasm = new URL("../dist/api-service-client.wasm", import.meta.url);
const client = `export { ApiServiceClient } from "api-service-client";`;
const react = `export { ApiServiceProvider, ThrottleNotice, useApiServiceClient, useThrottleState }
  from "api-service-client/react";`;

// A build that could not compile the standard library for size: docs/decisions/0002-size.md.
const hasShippedLibrary = existsSync(new URL("../build/shipped-standard-library", import.meta.url));
const library = hasShippedLibrary ? 2_850 : 0;

/**
 * The maximum size of each entry point in bytes, set to its size of today. docs/decisions/0002-size.md explains the
 * difference to `aim`.
 */
export const BUDGETS = {
  "api-service-client": { budget: 44_080 + library, aim: 42_000 },
  "api-service-client/slim, with its .wasm": { budget: 43_410 + library, aim: 41_400 },
  "api-service-client/react, on top": { budget: 1_500, aim: 1_500 },
};

const PEERS = {
  axios: `export { default } from "axios";`,
  "axios, axios-retry": `export { default } from "axios"; export { default as retry } from "axios-retry";`,
  "ky, p-queue": `export { default } from "ky"; export { default as queue } from "p-queue";`,
  "@discordjs/rest": `export { REST } from "@discordjs/rest";`,
};

/** Returns the sizes of the package, by the names of the budgets. */
export async function sizes() {
  const alone = await bundled(client);
  const slim = await bundled(`export { ApiServiceClient, init } from "api-service-client/slim";`);
  const withReact = await bundled(client + react);
  return {
    "api-service-client": alone,
    "api-service-client/slim, with its .wasm": slim + gzipped(await readFile(wasm)),
    "api-service-client/react, on top": withReact - alone,
  };
}

async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["react", "node:*"],
    // Not the package's own tsconfig, which resolves to its sources.
    tsconfigRaw: {},
    write: false,
    logLevel: "silent",
  });
  return gzipped(outputFiles[0].contents);
}

function gzipped(bytes) {
  return gzipSync(bytes, { level: 9 }).length;
}

async function peers() {
  const found = {};
  // A package that is not installed is left out.
  for (const [name, contents] of Object.entries(PEERS))
    await bundled(contents).then(
      (size) => Object.assign(found, { [name]: size }),
      () => {},
    );
  return found;
}

async function report() {
  const table = {};
  for (const [name, size] of Object.entries(await sizes())) table[name] = { gzipped: size, ...BUDGETS[name] };
  for (const [name, size] of Object.entries(await peers())) table[name] = { gzipped: size };
  console.table(table);
  const over = Object.entries(table).filter(([, { gzipped, budget }]) => gzipped > budget);
  for (const [name, { gzipped, budget }] of over)
    console.error(`${name}: ${gzipped - budget} bytes over its budget`);
  process.exitCode = over.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await report();
