import { Gateway, type Refusal } from "#gateway/glue";

/** The gateway's own answer, as Amazon's default template words it. */
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

/** What a page gets from its fetch in the place of an answer that it may not read: no status, no header, no reason. */
export function unreadable(): TypeError {
  return new TypeError("Failed to fetch");
}

/** What a page gets that has asked without CORS: nothing but that there is an answer. */
export function opaque(): Response {
  return new Response(null);
}

/** With the ids that Amazon puts on every answer: a UUID, and eleven bytes in base64. */
export function stamped(answer: Response): Response {
  const extendedId = crypto.getRandomValues(new Uint8Array(11));
  const ids = {
    "x-amzn-requestid": crypto.randomUUID(),
    "x-amz-apigw-id": btoa(String.fromCharCode(...extendedId))
      .replaceAll("+", "-")
      .replaceAll("/", "_"),
  };
  // The headers of an answer that came from a network cannot be changed.
  const copy = new Response(answer.body, answer);
  for (const [name, value] of Object.entries(ids)) copy.headers.set(name, value);
  return copy;
}

/** The backend that there is without another: it says what it was asked for, as the mock gateway's server does. */
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
