import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { inlinedModule } from "../../pkg/scripts/inline.mjs";

async function roundTrip(bytes) {
  const source = inlinedModule(bytes);
  const { wasmBytes } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  return wasmBytes();
}

describe("the bytes that are inlined come out again", () => {
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const cases = {
    "none at all": new Uint8Array(),
    "one value only": new Uint8Array(1000).fill(34),
    "every value": every,
    "every value, the last ones far more often": Uint8Array.from({ length: 5000 }, (_, i) =>
      i < 256 ? i : 200 + (i % 56),
    ),
    "bytes without any order": new Uint8Array(randomBytes(10_000)),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    test(name, async () => assert.deepEqual(await roundTrip(bytes), bytes));
  }

  test("the package's own module", async () => {
    const bytes = new Uint8Array(
      await readFile(new URL("../../pkg/dist/api-service-client.wasm", import.meta.url)),
    );
    assert.deepEqual(await roundTrip(bytes), bytes);
  });
});

test("what is inlined needs no escape in a string, so that every minifier leaves it as it is", () => {
  const source = inlinedModule(new Uint8Array(randomBytes(10_000)));
  const [, text] = source.match(/^const text = "(.*)";$/m);
  assert.match(text, /^[ !#-[\]-~]+$/);
});
