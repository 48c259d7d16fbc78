import { once } from "node:events";
import { createServer } from "node:http";

/** Headers whose values differ between runs or platforms. */
const VARYING =
  /^(host|connection|keep-alive|x-client|accept-encoding|user-agent|sec-.*|upgrade-insecure-requests)$/;

/**
 * Echoes the request, or does what the path asks for.
 *
 * @param {(path: string) => Promise<{ type: string, body: string | Buffer } | undefined>} files other files
 *   to serve
 */
export async function startServer(files = async () => undefined) {
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url, "http://localhost");
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const [, kind, detail] = pathname.split("/");
    if (kind === "echo") {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(echo(request, search, Buffer.concat(chunks))));
    } else if (kind === "hello") response.end("hello");
    else if (kind === "status") response.writeHead(Number(detail)).end();
    else if (kind === "redirect") {
      const isLoop = detail === "loop";
      response
        .writeHead(isLoop ? 302 : Number(detail), { location: isLoop ? "/redirect/loop" : "/echo" })
        .end();
    } else if (kind === "half") response.writeHead(200).write("half");
    else if (kind !== "hang") {
      const file = await files(pathname);
      if (file === undefined) response.writeHead(404).end();
      else response.writeHead(200, { "content-type": file.type, ...file.headers }).end(file.body);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

function echo({ method, headers }, search, body) {
  const boundary = headers["content-type"]?.match(/boundary=(.+)$/)?.[1];
  const steady = (text) => (boundary === undefined ? text : text.replaceAll(boundary, "boundary"));
  return {
    method,
    search,
    headers: Object.entries(headers)
      .filter(([name]) => !VARYING.test(name))
      .map(([name, value]) => [name, name === "content-length" && boundary ? "?" : steady(value)])
      .sort(),
    body: steady(body.toString("latin1")),
  };
}
