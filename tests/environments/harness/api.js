import { once } from "node:events";
import { createServer } from "node:http";

/** The timeout covers a page that a development server compiles on demand. */
const PATIENCE_MS = 60_000;

/**
 * The API that the checks call. Each run has its own address.
 *
 * The first call of a path is refused for 1 s, or for the seconds in its query `refuse`. The second call gets
 * the times of both. The API also records the results of the checks.
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
      // Happy DOM sends a preflight before any request to another origin.
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
    /** Starts a run: its address, the times of calls to a path, and the outcome once it is reported. */
    run() {
      const name = `run-${runs.size + 1}`;
      const arrivals = new Map();
      const arrivalsOf = (path) => arrivals.get(path) ?? arrivals.set(path, []).get(path);
      const run = { arrivalsOf };
      const outcome = new Promise((resolve, reject) => {
        run.tell = resolve;
        // The timer does not keep the process alive after the test.
        setTimeout(() => reject(new Error("the checks did not end in time")), PATIENCE_MS).unref();
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
