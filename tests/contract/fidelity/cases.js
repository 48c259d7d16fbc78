// Calls of fetch. Each gets a fetch, and a function that turns a path into an address of the server.
//
// Every object is new for each call. Calls that only some platforms support are marked.

const stream = (text) => new Blob([text]).stream();
const bytes = (text) => new TextEncoder().encode(text);
const post = (body, init) => ({ method: "POST", body, ...init });

/** @type {Record<string, (fetch: typeof globalThis.fetch, url: (path: string) => string) => Promise<unknown>>} */
export const inputs = {
  "a string": (fetch, url) => fetch(url("/echo?a=1")),
  "a URL": (fetch, url) => fetch(new URL(url("/echo"))),
  "a fragment": (fetch, url) => fetch(url("/echo#part")),
  "an object with a text": (fetch, url) => fetch({ toString: () => url("/echo") }),
  "an object whose text throws": (fetch) =>
    fetch({
      toString() {
        throw new RangeError("no text");
      },
    }),
  "no argument at all": (fetch) => fetch(),
  undefined: (fetch) => fetch(undefined),
  null: (fetch) => fetch(null),
  "a number": (fetch) => fetch(7),
  "a symbol": (fetch) => fetch(Symbol("s")),
  "the empty text": (fetch) => fetch(""),
  "a relative address": (fetch) => fetch("echo?relative"),
  "no address": (fetch) => fetch("http://["),
  "a scheme that nobody knows": (fetch) => fetch("nobody:knows"),
  "a password in the address": (fetch, url) => fetch(url("/echo").replace("//", "//user:secret@")),
  "data:": (fetch) => fetch("data:text/plain,hello"),
  "blob:": async (fetch) => {
    const address = URL.createObjectURL(new Blob(["hello"], { type: "text/plain" }));
    const { status, text } = await fetch(address).then(async (response) => ({
      status: response.status,
      text: await response.text(),
    }));
    return [status, text];
  },
  "a server that is not there": (fetch) => fetch("http://127.0.0.1:1/"),
  "a Request": (fetch, url) => fetch(new Request(url("/echo"), { headers: { a: "1" } })),
  "a Request with a body": (fetch, url) => fetch(new Request(url("/echo"), post("body"))),
  "a Request, and a body that is used by it": async (fetch, url) => {
    const request = new Request(url("/echo"), post("body"));
    const response = await fetch(request);
    return [request.bodyUsed, await response.text()];
  },
  "a Request whose body is used already": async (fetch, url) => {
    const request = new Request(url("/echo"), post("body"));
    await request.text();
    return fetch(request);
  },
  "a Request whose body is used already, and another body": async (fetch, url) => {
    const request = new Request(url("/echo"), post("used"));
    await request.text();
    return fetch(request, { body: "other" });
  },
  "a Request with a body, and another in its place": async (fetch, url) => {
    const request = new Request(url("/echo"), post("one"));
    const response = await fetch(request, { body: "other" });
    return [request.bodyUsed, await response.text()];
  },
  "a Request, and an init over it": (fetch, url) =>
    fetch(new Request(url("/echo"), post("body", { headers: { a: "1", b: "1" } })), {
      method: "PUT",
      headers: { b: "2" },
    }),
  "a Request as the init": (fetch, url) =>
    fetch(url("/echo"), new Request(url("/other"), { method: "DELETE", headers: { a: "1" } })),
  "a Request of a Request": (fetch, url) => fetch(new Request(new Request(url("/echo"), post("body")))),
};

export const inits = {
  null: (fetch, url) => fetch(url("/echo"), null),
  undefined: (fetch, url) => fetch(url("/echo"), undefined),
  "an empty one": (fetch, url) => fetch(url("/echo"), {}),
  "a number": (fetch, url) => fetch(url("/echo"), 7),
  "a string": (fetch, url) => fetch(url("/echo"), "init"),
  "inherited members": (fetch, url) => fetch(url("/echo"), Object.create({ method: "PUT" })),
  "members of a class": (fetch, url) => {
    class Init {
      get method() {
        return "PUT";
      }
    }
    return fetch(url("/echo"), new Init());
  },
  "members that throw when they are read": (fetch, url) =>
    fetch(url("/echo"), {
      get method() {
        throw new RangeError("no method");
      },
    }),
  ...Object.fromEntries(
    [
      "GET",
      "get",
      "post",
      "patch",
      "PROPFIND",
      "DELETE",
      "OPTIONS",
      "TRACE",
      "connect",
      "a b",
      "",
      null,
      undefined,
      7,
    ].map((method) => [`method: ${JSON.stringify(method)}`, (fetch, url) => fetch(url("/echo"), { method })]),
  ),
  "method: HEAD": (fetch, url) => fetch(url("/echo"), { method: "HEAD" }),
  ...Object.fromEntries(
    [
      { mode: "cors" },
      { mode: "same-origin" },
      { mode: "no-cors" },
      { mode: "navigate" },
      { mode: "other" },
      { credentials: "omit" },
      { credentials: "include" },
      { credentials: "other" },
      { cache: "no-store" },
      { cache: "reload" },
      { cache: "only-if-cached" },
      { cache: "other" },
      { redirect: "other" },
      { referrer: "" },
      { referrer: "no-referrer" },
      { referrer: "http://[" },
      { referrerPolicy: "no-referrer" },
      { referrerPolicy: "other" },
      { keepalive: true },
      { window: null },
      { window: "self" },
      { priority: "high" },
      { priority: "urgent" },
      { signal: null },
      { signal: undefined },
      { signal: {} },
      { signal: "signal" },
      { duplex: "half" },
      { duplex: "full" },
      { unknown: "member" },
    ].map((init) => [JSON.stringify(init), (fetch, url) => fetch(url("/echo"), init)]),
  ),
};

export const headers = {
  "an object": (fetch, url) => fetch(url("/echo"), { headers: { "X-A": "1", b: 2, c: ["3", "4"], d: null } }),
  "a Headers": (fetch, url) => fetch(url("/echo"), { headers: new Headers({ a: "1" }) }),
  pairs: (fetch, url) =>
    fetch(url("/echo"), {
      headers: [
        ["a", "1"],
        ["a", "2"],
      ],
    }),
  "a Map": (fetch, url) => fetch(url("/echo"), { headers: new Map([["a", "1"]]) }),
  "a generator": (fetch, url) =>
    fetch(url("/echo"), {
      headers: (function* () {
        yield ["a", "1"];
      })(),
    }),
  "an object without a prototype": (fetch, url) =>
    fetch(url("/echo"), { headers: Object.assign(Object.create(null), { a: "1" }) }),
  "an object that inherits": (fetch, url) =>
    fetch(url("/echo"), { headers: Object.assign(Object.create({ a: "1" }), { b: "2" }) }),
  "an object with a symbol": (fetch, url) => fetch(url("/echo"), { headers: { [Symbol("s")]: "1" } }),
  "values with space around them": (fetch, url) => fetch(url("/echo"), { headers: { a: " 1 " } }),
  "values beyond ASCII": (fetch, url) => fetch(url("/echo"), { headers: { a: "é" } }),
  "values beyond Latin-1": (fetch, url) => fetch(url("/echo"), { headers: { a: "€" } }),
  "a line break in a value": (fetch, url) => fetch(url("/echo"), { headers: { a: "1\n2" } }),
  "a space in a name": (fetch, url) => fetch(url("/echo"), { headers: { "a b": "1" } }),
  "no name": (fetch, url) => fetch(url("/echo"), { headers: { "": "1" } }),
  "pairs of three": (fetch, url) => fetch(url("/echo"), { headers: [["a", "1", "2"]] }),
  "a string": (fetch, url) => fetch(url("/echo"), { headers: "a" }),
  null: (fetch, url) => fetch(url("/echo"), { headers: null }),
  undefined: (fetch, url) => fetch(url("/echo"), { headers: undefined }),
  "a getter that throws": (fetch, url) =>
    fetch(url("/echo"), {
      headers: {
        get a() {
          throw new RangeError("no header");
        },
      },
    }),
};

const form = () => {
  const body = new FormData();
  body.append("a", "1");
  body.append("a", "2");
  body.append("file", new File(["content"], "name.txt", { type: "text/plain" }));
  return body;
};

export const bodies = {
  "a string": (fetch, url) => fetch(url("/echo"), post("text")),
  "the empty string": (fetch, url) => fetch(url("/echo"), post("")),
  null: (fetch, url) => fetch(url("/echo"), post(null)),
  undefined: (fetch, url) => fetch(url("/echo"), post(undefined)),
  "a number": (fetch, url) => fetch(url("/echo"), post(7)),
  "an object": (fetch, url) => fetch(url("/echo"), post({ a: 1 })),
  "URL parameters": (fetch, url) => fetch(url("/echo"), post(new URLSearchParams({ a: "1", b: "ü" }))),
  "a Blob": (fetch, url) => fetch(url("/echo"), post(new Blob(["blob"], { type: "text/x-own" }))),
  "a Blob without a type": (fetch, url) => fetch(url("/echo"), post(new Blob(["blob"]))),
  "a File": (fetch, url) => fetch(url("/echo"), post(new File(["file"], "name.txt"))),
  "a FormData": (fetch, url) => fetch(url("/echo"), post(form())),
  "an ArrayBuffer": (fetch, url) => fetch(url("/echo"), post(bytes("buffer").buffer)),
  "a typed array": (fetch, url) => fetch(url("/echo"), post(bytes("<array>").subarray(1, 6))),
  "an array of another kind": (fetch, url) => fetch(url("/echo"), post(new Uint16Array([1, 2]))),
  "a DataView": (fetch, url) => fetch(url("/echo"), post(new DataView(bytes("view").buffer))),
  // On platforms without it, its construction fails.
  "shared memory": async (fetch, url) => fetch(url("/echo"), post(new Uint8Array(new SharedArrayBuffer(4)))),
  "a buffer that has been given away": (fetch, url) => {
    const body = bytes("gone");
    structuredClone(body, { transfer: [body.buffer] });
    return fetch(url("/echo"), post(body));
  },
  "a content type of one's own": (fetch, url) =>
    fetch(url("/echo"), post("text", { headers: { "content-type": "text/x-own" } })),
  "one of a GET": (fetch, url) => fetch(url("/echo"), { body: "text" }),
  "one of a HEAD": (fetch, url) => fetch(url("/echo"), { method: "HEAD", body: "text" }),
  "one that keeps the connection alive": (fetch, url) =>
    fetch(url("/echo"), post("text", { keepalive: true })),
  "a symbol": (fetch, url) => fetch(url("/echo"), post(Symbol("s"))),
};

/** A body that can be read only once cannot be resent: the caller gets the 429. */
export const streams = {
  "a stream": (fetch, url) => fetch(url("/echo"), post(stream("stream"), { duplex: "half" })),
  "a stream without duplex": (fetch, url) => fetch(url("/echo"), post(stream("stream"))),
  "a stream that is locked": (fetch, url) => {
    const body = stream("stream");
    body.getReader();
    return fetch(url("/echo"), post(body, { duplex: "half" }));
  },
  "a stream that fails": (fetch, url) => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new RangeError("no more"));
      },
    });
    return fetch(url("/echo"), post(body, { duplex: "half" }));
  },
  "an asynchronous iterable": (fetch, url) => {
    const body = (async function* () {
      yield bytes("iterable");
    })();
    return fetch(url("/echo"), post(body, { duplex: "half" }));
  },
};

export const redirects = {
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((status) => [
      `a POST, ${status}`,
      (fetch, url) => fetch(url(`/redirect/${status}`), post("text")),
    ]),
  ),
  "one is followed, and said": (fetch, url) => fetch(url("/redirect/302")),
  "redirect: manual": (fetch, url) => fetch(url("/redirect/302"), { redirect: "manual" }),
  "redirect: error": (fetch, url) => fetch(url("/redirect/302"), { redirect: "error" }),
  "round and round": (fetch, url) => fetch(url("/redirect/loop")),
};

const HELLO = "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
export const answers = {
  "an integrity that is right": (fetch, url) => fetch(url("/hello"), { integrity: HELLO }),
  "an integrity that is wrong": (fetch, url) => fetch(url("/hello"), { integrity: HELLO.replace("L", "M") }),
  "an error": (fetch, url) => fetch(url("/status/500")),
  "no content": (fetch, url) => fetch(url("/status/204")),
  "what was not found": (fetch, url) => fetch(url("/status/404")),
  "a clone": async (fetch, url) => {
    const response = await fetch(url("/hello"));
    const clone = response.clone();
    return [await response.text(), await clone.text()];
  },
  "a stream": async (fetch, url) => {
    const { body } = await fetch(url("/hello"));
    const reader = body.getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += new TextDecoder().decode(part.value);
    return text;
  },
};

const aborted = (reason) => AbortSignal.abort(reason);
const abortedSoon = (reason) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 5);
  return controller.signal;
};

export const signals = {
  "aborted already": (fetch, url) => fetch(url("/echo"), { signal: aborted() }),
  "aborted already, for a reason": (fetch, url) => fetch(url("/echo"), { signal: aborted("reason") }),
  "aborted already, for an error": (fetch, url) =>
    fetch(url("/echo"), { signal: aborted(new RangeError("reason")) }),
  "aborted already, on a Request": (fetch, url) =>
    fetch(new Request(url("/echo"), { signal: aborted("reason") })),
  "aborted already, and nothing else is right": (fetch, url) =>
    fetch(url("/echo"), { signal: aborted("reason"), headers: { "a b": "c" } }),
  "aborted while there is no answer": (fetch, url) => fetch(url("/hang"), { signal: abortedSoon() }),
  "aborted for a reason": (fetch, url) => fetch(url("/hang"), { signal: abortedSoon("reason") }),
  "aborted for an error": (fetch, url) =>
    fetch(url("/hang"), { signal: abortedSoon(new RangeError("reason")) }),
  "aborted for null": (fetch, url) => fetch(url("/hang"), { signal: abortedSoon(null) }),
  "aborted on a Request": (fetch, url) => fetch(new Request(url("/hang"), { signal: abortedSoon("reason") })),
  "of an init over that of a Request": (fetch, url) =>
    fetch(new Request(url("/hang"), { signal: aborted("request") }), { signal: abortedSoon("init") }),
  "null over that of a Request": (fetch, url) =>
    fetch(new Request(url("/echo"), { signal: aborted("request") }), { signal: null }),
  "a time that runs out": (fetch, url) => fetch(url("/hang"), { signal: AbortSignal.timeout(10) }),
  "a time that has run out": async (fetch, url) => {
    const signal = AbortSignal.timeout(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    return fetch(url("/echo"), { signal });
  },
  "any of several": (fetch, url) =>
    fetch(url("/hang"), { signal: AbortSignal.any([new AbortController().signal, abortedSoon("any")]) }),
  "aborted while the body is read": async (fetch, url) => {
    const controller = new AbortController();
    // No GET: Firefox delays a GET while an equal one has an unfinished answer, since it might store that
    // answer.
    const response = await fetch(url("/half"), { method: "POST", signal: controller.signal });
    setTimeout(() => controller.abort("reason"), 5);
    return response.text();
  },
  "of a Request, aborted while the body is read": async (fetch, url) => {
    const controller = new AbortController();
    const response = await fetch(new Request(url("/half"), { method: "POST", signal: controller.signal }));
    setTimeout(() => controller.abort("reason"), 5);
    return response.text();
  },
  "aborted after everything": async (fetch, url) => {
    const controller = new AbortController();
    const response = await fetch(url("/hello"), { signal: controller.signal });
    const text = await response.text();
    controller.abort();
    return text;
  },
};

/** Calls whose objects change right after the call. The original values count. */
export const changes = {
  "the members of the init": (fetch, url) => {
    const init = post("before");
    const call = fetch(url("/echo"), init);
    Object.assign(init, { method: "PUT", body: "after", headers: { a: "1" }, signal: aborted() });
    return call;
  },
  "a URL": (fetch, url) => {
    const input = new URL(url("/echo"));
    const call = fetch(input);
    input.search = "?after";
    return call;
  },
  "an object of headers": (fetch, url) => {
    const own = { a: "1" };
    const call = fetch(url("/echo"), { headers: own });
    own.a = "2";
    return call;
  },
  "a Headers": (fetch, url) => {
    const own = new Headers({ a: "1" });
    const call = fetch(url("/echo"), { headers: own });
    own.set("a", "2");
    return call;
  },
  "the headers of a Request": (fetch, url) => {
    const request = new Request(url("/echo"), { headers: { a: "1" } });
    const call = fetch(request);
    request.headers.set("a", "2");
    return call;
  },
  "the headers of a Request with an init": (fetch, url) => {
    const request = new Request(url("/echo"), { headers: { a: "1" } });
    const call = fetch(request, { method: "PUT" });
    request.headers.set("a", "2");
    return call;
  },
  "an object in the place of a header's text": (fetch, url) => {
    let text = "1";
    const call = fetch(url("/echo"), { headers: { a: { toString: () => text } } });
    text = "2";
    return call;
  },
  "an ArrayBuffer": (fetch, url) => {
    const { buffer } = bytes("before");
    const call = fetch(url("/echo"), post(buffer));
    new Uint8Array(buffer).fill(0x78);
    return call;
  },
  "a typed array": (fetch, url) => {
    const body = bytes("before");
    const call = fetch(url("/echo"), post(body));
    body.fill(0x78);
    return call;
  },
  "a buffer that is given away": (fetch, url) => {
    const body = bytes("before");
    const call = fetch(url("/echo"), post(body));
    structuredClone(body, { transfer: [body.buffer] });
    return call;
  },
  "URL parameters": (fetch, url) => {
    const body = new URLSearchParams({ a: "1" });
    const call = fetch(url("/echo"), post(body));
    body.set("a", "2");
    return call;
  },
  "a FormData": (fetch, url) => {
    const body = form();
    const call = fetch(url("/echo"), post(body));
    body.append("b", "after");
    return call;
  },
  "an object in the place of a method": (fetch, url) => {
    let text = "PUT";
    const call = fetch(url("/echo"), { method: { toString: () => text } });
    text = "DELETE";
    return call;
  },
};

/** All tables by topic. */
export const TABLES = { inputs, inits, headers, bodies, streams, redirects, answers, signals, changes };
