import { Gateway, type Refusal } from "#gateway/glue";

/** Makes the gateway's own response, with the body of Amazon's default template. */
export function refused({ status, errorType, body, retryAfter }: Refusal): Response {
  const headers = new Headers({
    "content-type": "application/json",
    "x-amzn-errortype": errorType,
    "access-control-allow-origin": "*",
    "access-control-expose-headers": Gateway.exposedHeaders(),
  });
  if (retryAfter !== undefined) headers.set("retry-after", retryAfter);
  return stamped(new Response(body, { status, headers }));
}

/** Makes the error that fetch rejects with if CORS hides the response. */
export function unreadable(): TypeError {
  return new TypeError("Failed to fetch");
}

/** Makes the response to a `no-cors` request: it has no readable content. */
export function opaque(): Response {
  return new Response(null);
}

/** Adds the ids that Amazon adds to every response: a UUID, and eleven bytes in base64. */
export function stamped(answer: Response): Response {
  const extendedId = crypto.getRandomValues(new Uint8Array(11));
  const ids = {
    "x-amzn-requestid": crypto.randomUUID(),
    "x-amz-apigw-id": btoa(String.fromCharCode(...extendedId))
      .replaceAll("+", "-")
      .replaceAll("/", "_"),
  };
  // The headers of a response from the network are immutable.
  const copy = new Response(answer.body, answer);
  for (const [name, value] of Object.entries(ids)) copy.headers.set(name, value);
  return copy;
}

/** The default backend: it returns a description of the request, as the mock gateway's server does. */
export async function echo(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { byteLength } = await request.arrayBuffer();
  return Response.json({
    method: request.method,
    path: pathname,
    query: search.slice(1),
    bodyBytes: byteLength,
  });
}
