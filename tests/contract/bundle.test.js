import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { project } from "./project.js";

const app = await project();

/** The minified output of a production build, as text. */
async function bundle(code) {
  await app.write("main.js", code);
  const outDir = join(app.folder, "out");
  await rm(outDir, { recursive: true, force: true });
  await build({
    root: app.folder,
    configFile: false,
    logLevel: "error",
    build: { outDir, minify: true, lib: { entry: "main.js", formats: ["es"], fileName: "main" } },
  });
  return { file: join(outDir, "main.js"), text: await readFile(join(outDir, "main.js"), "utf8") };
}

describe("in a production bundle", () => {
  test("the client works, minified twice", async () => {
    const { file } = await bundle(`
      import { ApiServiceClient } from "api-service-client";
      export async function greet() {
        const client = new ApiServiceClient({ fetch: async () => new Response("hello"), tabs: false, persist: false });
        const text = await (await client.fetch("https://api.example.com/")).text();
        client.close();
        return text;
      }
    `);
    const { greet } = await import(pathToFileURL(file).href);
    assert.equal(await greet(), "hello");
  });

  test("an import that is not used leaves nothing behind", async () => {
    const { text } = await bundle(
      `import { ApiServiceClient } from "api-service-client"; export const answer = 42;`,
    );
    assert.ok(text.length < 100, text.slice(0, 200));
  });

  test("an error class alone does not bring the module along", async () => {
    const { text } = await bundle(`export { QueueFullError } from "api-service-client";`);
    assert.ok(text.length < 5_000, `${text.length} bytes`);
  });

  test("no file is left to load at run time", async () => {
    const { text } = await bundle(`export { ApiServiceClient } from "api-service-client";`);
    assert.doesNotMatch(text, /import\.meta|\.wasm["'`]/);
  });
});
