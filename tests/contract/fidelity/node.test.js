import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { compare } from "./compare.js";
import { startServer } from "./server.js";

const server = await startServer();
after(() => server.stop());
const results = await compare(ApiServiceClient, server.url);

for (const way of new Set(results.map(({ way }) => way)))
  describe(`in Node, a call that is ${way} ends as with a bare fetch`, () => {
    for (const { table, name, bare, ours } of results.filter((result) => result.way === way))
      test(`${table}: ${name}`, () => assert.deepEqual(ours, bare));
  });
