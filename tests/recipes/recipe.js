import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PAGES = fileURLToPath(new URL("../../docs/recipes/", import.meta.url));
const OUTPUT = fileURLToPath(new URL("output/", import.meta.url));

/** The names of all pages, without the one that lists them. */
export async function pages() {
  return (await readdir(PAGES))
    .filter((name) => name !== "README.md")
    .map((name) => name.replace(/\.md$/, ""));
}

/**
 * The code of a page, as it stands there: each block that has a file name, written to a file of that name where it
 * finds the libraries.
 *
 * @param {string} name of the page
 * @param {Record<string, string>} addresses to replace, by those of the page: a test has servers of its own
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
