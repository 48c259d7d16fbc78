// The decisions that are made in JavaScript: pure functions, read from their source.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isIdempotent, isSafe, mayHideResponse, routePath } from "../../src/web/policy.js";

test("only GET and HEAD are safe; OPTIONS, PUT and DELETE are idempotent besides", () => {
  const methods = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH", "QUERY", "GETS", "get"];
  assert.deepEqual(methods.filter(isSafe), ["GET", "HEAD"]);
  assert.deepEqual(methods.filter(isIdempotent), ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);
});

describe("the route of a path has a star in the place of", () => {
  const routes = {
    "a number": ["/orders/42", "/orders/*"],
    "two ids in a row": ["/orders/42/7/lines", "/orders/*/*/lines"],
    "a UUID in either case": ["/users/0F8FAD5B-d9cb-469f-a165-70867728950e/posts", "/users/*/posts"],
    "twelve hexadecimal digits": ["/blobs/0123456789ab", "/blobs/*"],
  };
  for (const [name, [path, expected]] of Object.entries(routes))
    test(name, () => assert.equal(routePath(path), expected));

  test("nothing else: words, versions, and fewer hexadecimal digits stay", () => {
    for (const path of ["/", "/orders", "/v2/orders", "/blobs/0123456789a", "/files/42.pdf", "/cafe"])
      assert.equal(routePath(path), path);
  });
});

describe("an error may hide a response", () => {
  const page = "https://www.example.com";
  const api = "https://api.example.com";
  const hides = ({ error = new TypeError("Failed to fetch"), from = page, to = api, mode = "cors" }) =>
    mayHideResponse(error, from, to, mode);

  test("if it is the TypeError of a CORS request to another origin", () => assert.equal(hides({}), true));

  const others = {
    "an error of another kind": { error: new DOMException("Aborted", "AbortError") },
    "a value that is no error": { error: null },
    "a request of the page's own origin": { to: page },
    "a request without CORS": { mode: "no-cors" },
  };
  for (const [name, circumstances] of Object.entries(others))
    test(`not if it is that of ${name}`, () => assert.equal(hides(circumstances), false));

  test("not outside of pages and workers, where nothing is hidden", () =>
    assert.equal(mayHideResponse(new TypeError("fetch failed"), undefined, api, "cors"), false));
});
