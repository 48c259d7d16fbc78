import { once } from "node:events";
import { createServer } from "node:http";

/** Long enough for a page that a development server compiles when it is asked for it. */
const PATIENCE_MS = 60_000;

/**
 * The API that the checks call. Each run has an address of its own: the first call of a path there is refused, for a
 * second or for as long as its query `refuse` says, the second is told when both came. It also takes down how the checks
 * went, wherever they ran.
 */
export async function startApi() {
  const runs = new Map();
  const server = createServer(async (request, response) => {
    const headers = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*",
      "access-control-expose-headers": "retry-after",
      "cache-control": "no-store",
    };
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const [, name, path] = pathname.split("/");
    const run = runs.get(name);
    if (run === undefined) {
      response.writeHead(404, headers).end();
    } else if (request.method === "OPTIONS") {
      // Happy DOM asks before any request to another origin.
      response.writeHead(204, headers).end();
    } else if (path === "outcome") {
      run.tell(JSON.parse(await text(request)));
      response.writeHead(204, headers).end();
    } else {
      const arrivals = run.arrivalsOf(path);
      arrivals.push(performance.now());
      const retryAfter = searchParams.get("refuse") ?? "1";
      if (arrivals.length === 1) response.writeHead(429, { ...headers, "retry-after": retryAfter }).end();
      else response.writeHead(200, headers).end(JSON.stringify({ arrivals }));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    /** Another run: its address, when calls of a path came, and the outcome once it is told. */
    run() {
      const name = `run-${runs.size + 1}`;
      const arrivals = new Map();
      const arrivalsOf = (path) => arrivals.get(path) ?? arrivals.set(path, []).get(path);
      const run = { arrivalsOf };
      const outcome = new Promise((resolve, reject) => {
        run.tell = resolve;
        // A run that nobody waits for any more keeps nothing alive.
        setTimeout(() => reject(new Error("the checks never came to an end")), PATIENCE_MS).unref();
      });
      outcome.catch(() => {});
      runs.set(name, run);
      return { url: `http://127.0.0.1:${server.address().port}/${name}`, arrivalsOf, outcome };
    },
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

async function text(request) {
  const chunks = await request.toArray();
  return Buffer.concat(chunks).toString();
}
