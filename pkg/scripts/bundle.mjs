// The JavaScript of pkg/dist: each entry point bundled with the glue and minified, nothing left to load.
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
 * wasm-bindgen's `new URL("core_bg.wasm", import.meta.url)`: bundlers would emit the file a second time, and
 * what turns ES modules into CommonJS for a test runner chokes on `import.meta`. Our facade never needs the default.
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
 * wasm-bindgen copies a JavaScript module that the Rust code imports into snippets/<crate>-<hash>/. The facade
 * imports the original. Both are to be one module, else `instanceof` fails across them.
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
