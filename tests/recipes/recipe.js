import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PAGES = fileURLToPath(new URL("../../docs/recipes/", import.meta.url));
const OUTPUT = fileURLToPath(new URL("output/", import.meta.url));

/** The names of all pages except the index. */
export async function pages() {
  return (await readdir(PAGES))
    .filter((name) => name !== "README.md")
    .map((name) => name.replace(/\.md$/, ""));
}

/**
 * Extracts the code of a page. Each block with a file name is written to that file, in a folder that finds
 * the libraries.
 *
 * @param {string} name of the page
 * @param {Record<string, string>} addresses in the page, each with its replacement by a server of the test
 */
export async function recipe(name, addresses = {}) {
  const page = await readFile(join(PAGES, `${name}.md`), "utf8");
  const folder = join(OUTPUT, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = [];
  for (const [, file, code] of page.matchAll(/^```js (\S+)\n(.*?)^```$/gms)) {
    const own = Object.entries(addresses).reduce((text, [from, to]) => text.replaceAll(from, to), code);
    await writeFile(join(folder, file), own);
    files.push(file);
  }
  if (files.length === 0) throw new Error(`${name}.md has no code with a file name`);
  return { folder, files, load: (file) => import(pathToFileURL(join(folder, file)).href) };
}
