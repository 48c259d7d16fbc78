// Makes the types of pkg/dist with tsc: the entry points, the declarations that they import, and no private name.
import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";

/**
 * @param {object} from
 * @param {string} from.root the repository
 * @param {string} from.pkg the package's folder
 * @param {string[]} from.entries the names of the entry points
 * @param {string} from.outdir
 */
export async function declarations({ root, pkg, entries, outdir }) {
  execFileSync(join(root, "node_modules/.bin/tsc"), ["--project", pkg], { stdio: "inherit" });
  const published = new Set(entries.map((name) => `${name}.d.ts`));
  for (const file of published) {
    for (const imported of await publish(file, { root, outdir })) published.add(imported);
  }
  for (const file of await readdir(outdir, { recursive: true })) {
    if (file.endsWith(".d.ts") && !published.has(file)) await rm(join(outdir, file));
  }
}

/** Prepares a declaration for users. Returns the declarations that it imports. */
async function publish(file, { root, outdir }) {
  const path = join(outdir, file);
  // `#web/…` is a module beside the Rust code, with declarations written by hand.
  const emitted = await readFile(path, "utf8");
  for (const [, name] of emitted.matchAll(/"#web\/([^"]+)\.js"/g)) {
    const declaration = `web/${name}.d.ts`;
    await mkdir(dirname(join(outdir, declaration)), { recursive: true });
    await cp(join(root, "src", declaration), join(outdir, declaration));
  }
  const text = emitted
    .replaceAll('"#web/', '"./web/')
    // Node's resolution, and TypeScript's `nodenext`, need the extension.
    .replaceAll(/(from |import\()"(\.[^"]+?)(?:\.js)?"/g, '$1"$2.js"');
  const leaked = text.match(/"(#[^"]+)"/);
  if (leaked) throw new Error(`${file} needs the types of ${leaked[1]}, which is not published`);
  if (text !== emitted) await writeFile(path, text);
  return [...text.matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g)].map(([, imported]) =>
    posix.join(posix.dirname(file), `${imported}.d.ts`),
  );
}
