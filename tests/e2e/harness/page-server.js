import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The built demonstration page. Beside it lie the package alone and pages that use nothing else. */
const BUILT = folder("../../../www/dist");
const OTHERS = { package: folder("../../../pkg/dist"), pages: folder("../pages") };

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

/** The file of a path of the demonstration. */
function ofDemo(path) {
  const [, first, ...rest] = path.split("/");
  return first in OTHERS ? join(OTHERS[first], ...rest) : join(BUILT, path);
}

/**
 * Serves built files as a static host does; by default the demonstration.
 *
 * @param {(path: string) => string} fileOf
 * @param {Record<string, string>} headers sent with every file
 */
export async function startPageServer(fileOf = ofDemo, headers = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = fileOf(normalize(pathname === "/" ? "/index.html" : pathname));
    try {
      const body = await readFile(file);
      response
        .writeHead(200, { ...headers, "content-type": TYPES[extname(file)] ?? "application/octet-stream" })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
