// Bundles each entry point with the glue into pkg/dist, minified and without imports of other files.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * @param {object} from
 * @param {string} from.root the repository
 * @param {string[]} from.glues the modules that wasm-bindgen wrote
 * @param {Record<string, string>} from.entries source by name of the output
 * @param {string} from.outdir
 */
export async function bundle({ root, glues, entries, outdir }) {
  const { metafile } = await build({
    entryPoints: entries,
    outdir,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    sourcemap: true,
    legalComments: "none",
    external: ["api-service-client", "react"],
    plugins: [withoutDefaultUrl(glues), oneCopyOfSnippets(root)],
    metafile: true,
    logLevel: "warning",
  });
  for (const file of Object.keys(metafile.outputs).filter((file) => file.endsWith(".js"))) {
    if ((await readFile(file, "utf8")).includes("import.meta"))
      throw new Error(`${file} still has import.meta`);
  }
}

/**
 * Removes wasm-bindgen's `new URL("core_bg.wasm", import.meta.url)`. Bundlers would emit the file a second time, and test
 * runners that turn ES modules into CommonJS fail on `import.meta`. The entry points never use this default.
 */
function withoutDefaultUrl(glues) {
  const defaultUrl = /new URL\('[^']*_bg\.wasm', import\.meta\.url\)/;
  return {
    name: "without-default-url",
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, async ({ path }) => {
        if (!glues.includes(path)) return undefined;
        const source = await readFile(path, "utf8");
        if (!defaultUrl.test(source))
          throw new Error(`${path} has no default URL to strip: has wasm-bindgen changed?`);
        return { contents: source.replace(defaultUrl, "undefined"), loader: "js" };
      });
    },
  };
}

/**
 * wasm-bindgen copies each JavaScript module that Rust imports into snippets/<crate>-<hash>/, and the entry points import
 * the original. Both must be one module, or else `instanceof` fails across them.
 */
function oneCopyOfSnippets(root) {
  const snippet = /^\.\/snippets\/[^/]+\/(src\/.+\.js)$/;
  return {
    name: "one-copy-of-snippets",
    setup({ onResolve }) {
      onResolve({ filter: snippet }, ({ path }) => ({ path: join(root, path.match(snippet)[1]) }));
    },
  };
}
