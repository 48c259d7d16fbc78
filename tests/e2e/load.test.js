import assert from "node:assert/strict";
import { test } from "node:test";
import { MockGateway } from "../interop/targets/mock-gateway.js";
import { claims } from "../load/claims.js";
import { given } from "../load/options.js";
import { run } from "../load/scenario.js";

test("naive clients and clients with this package meet a limit from web workers", async () => {
  const flags = ["--browser", "--rate=20", "--burst=20", "--workers=2", "--requests=25", "--flood-rate=0"];
  const source = new MockGateway();
  try {
    const result = await run(source, given(flags));
    assert.match(result.place, /^web workers of Chromium \d+$/);
    assert.deepEqual(
      result.groups.map(({ kind, answered, lost }) => ({ kind, answered, lost })),
      [
        { kind: "naive", answered: 50, lost: 0 },
        { kind: "package", answered: 50, lost: 0 },
      ],
    );
    for (const { kind, sends } of result.groups)
      assert.ok(
        sends.some(({ status }) => status === 429),
        `${kind}: the limit was never met`,
      );
    assert.deepEqual(
      claims(result).filter(({ holds }) => !holds),
      [],
    );
  } finally {
    await source.stop();
  }
});
