import ky from "ky";
import { ENDPOINT } from "./endpoint.mjs";

const withRetries = (limit) => ({
  create({ fetch }) {
    const client = ky.create({ fetch, timeout: false, retry: { limit, jitter: true, backoffLimit: 30_000 } });
    return { call: () => client.get(ENDPOINT) };
  },
});

export const tenRetries = { name: "ky, 10 retries", ...withRetries(10) };
export const neverGivesUp = { name: "ky, never gives up", ...withRetries(Number.MAX_SAFE_INTEGER) };
