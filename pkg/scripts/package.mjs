// Makes pkg/dist, the contents of the npm package, from pkg/src and pkg/build: the WebAssembly modules of the client and of
// the mock gateway, with the glue that wasm-bindgen wrote. `cargo xtask build` runs it.
// With --demo it writes only the JavaScript that the demonstration page needs: no types, no entry point for tests.
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { bundle } from "./bundle.mjs";
import { declarations } from "./declarations.mjs";
import { inlinedModule, inlinedModuleDeclaration } from "./inline.mjs";
import { withShortNames } from "./short-names.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pkg = join(root, "pkg");
const build = join(pkg, "build");
const isDemo = process.argv.includes("--demo");
const outdir = join(pkg, "dist");

// The modules of the client and of the mock gateway. Only the `testing` entry imports the second.
const modules = isDemo ? [build] : [build, join(build, "gateway")];
for (const folder of modules) await inline(folder);

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir);
const sources = await entryPoints();
const glues = modules.map((folder) => join(folder, "core.js"));
await bundle({ root, glues, entries: sources, outdir });
if (!isDemo) {
  await declarations({ root, pkg, entries: Object.keys(sources), outdir });
  await cp(join(build, "core_bg.wasm"), join(outdir, "api-service-client.wasm"));
  // npm publishes licenses from the folder of package.json.
  for (const license of ["LICENSE-MIT", "LICENSE-APACHE"]) await cp(join(root, license), join(pkg, license));
  await reportSizes();
}

/** Makes a JavaScript module of wasm-bindgen's output in this folder, with short names between the two. */
async function inline(folder) {
  const { wasm, glue } = withShortNames(
    await readFile(join(folder, "core_bg.wasm")),
    await readFile(join(folder, "core.js"), "utf8"),
  );
  await writeFile(join(folder, "core_bg.wasm"), wasm);
  await writeFile(join(folder, "core.js"), glue);
  await writeFile(join(folder, "wasm.js"), inlinedModule(wasm));
  await writeFile(join(folder, "wasm.d.ts"), inlinedModuleDeclaration);
}

/** Returns the sources of the entry points of package.json, by the name of the output. */
async function entryPoints() {
  const { exports } = JSON.parse(await readFile(join(pkg, "package.json"), "utf8"));
  const names = Object.values(exports).flatMap(
    (target) => target.default?.match(/^\.\/dist\/(.+)\.js$/)?.[1] ?? [],
  );
  const built = names.filter((name) => !(isDemo && name === "testing"));
  return Object.fromEntries(built.map((name) => [name, source(name)]));
}

function source(name) {
  const files = [".ts", ".tsx"].map((extension) => join(pkg, "src", name + extension));
  const found = files.find(existsSync);
  if (!found)
    throw new Error(`package.json promises dist/${name}.js, which has no source: ${files.join(", ")}`);
  return found;
}

async function reportSizes() {
  for (const name of [...Object.keys(sources).map((name) => `${name}.js`), "api-service-client.wasm"]) {
    const bytes = await readFile(join(outdir, name));
    console.log(`pkg/dist/${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
  }
}
