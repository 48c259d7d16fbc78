import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "../../contract/fidelity/server.js";

const folder = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const FOLDERS = { dist: folder("../../../pkg/dist"), fidelity: folder("../../contract/fidelity") };
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/** The files of these pages besides the package. */
const PAGES = {
  "/page.js": {
    type: "text/javascript",
    body: `
      import { ApiServiceClient, init } from "/dist/index.js";
      import { compare } from "/fidelity/compare.js";
      Object.assign(window, { ApiServiceClient, compare, init });
    `,
  },
};
const html = (policy) => ({
  type: "text/html",
  headers: policy ? { "content-security-policy": policy } : {},
  body: `<!doctype html><title>Page</title><script type="module" src="/page.js"></script>`,
});

/**
 * Serves pages that have nothing but the package, without a bundler.
 *
 * @param {Record<string, string>} policies a page for each: its path, and its Content-Security-Policy
 */
export function startBarePages(policies = { "/": "" }) {
  return startServer(async (path) => {
    if (path in policies) return html(policies[path]);
    if (path in PAGES) return PAGES[path];
    const [, name, ...rest] = path.split("/");
    if (!Object.hasOwn(FOLDERS, name)) return undefined;
    const body = await readFile(join(FOLDERS[name], ...rest)).catch(() => undefined);
    return body && { type: TYPES[extname(path)] ?? "text/plain", body };
  });
}
