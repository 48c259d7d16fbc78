import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { startServer } from "../../contract/fidelity/server.js";
import { recipe } from "../../recipes/recipe.js";

/**
 * Serves the page of a recipe: its files, bundled as a developer would, and a page that runs `page.js`.
 *
 * @param {string} name of the recipe
 * @param {string} api the address of its API
 */
export async function startRecipePage(name, api) {
  const { files, folder } = await recipe(name, { "https://api.example.com": api });
  const outdir = join(folder, "bundled");
  const entryPoints = files.map((file) => join(folder, file));
  await build({ entryPoints, outdir, bundle: true, format: "esm", logLevel: "warning" });
  const html = `<!doctype html><title>${name}</title><p role="status"></p>
    <script type="module">import * as page from "/page.js"; window.page = page;</script>`;
  return startServer(async (path) => {
    if (path === "/") return { type: "text/html", body: html };
    const file = path.slice(1);
    if (!files.includes(file)) return undefined;
    return { type: "text/javascript", body: await readFile(join(outdir, file)) };
  });
}
