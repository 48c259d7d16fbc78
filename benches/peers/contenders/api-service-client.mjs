import { ApiServiceClient } from "api-service-client";
import { ENDPOINT, served } from "./endpoint.mjs";

const clientWith = (fetch, options) => {
  const client = new ApiServiceClient({
    fetch,
    maxQueue: 100_000,
    tabs: false,
    persist: false,
    opaqueThrottling: "retry",
    ...options,
  });
  return { call: () => served(client.fetch(ENDPOINT)), close: () => client.close() };
};

export const untold = {
  name: "api-service-client",
  tellsErrorsApart: true,
  create: ({ fetch }) => clientWith(fetch, {}),
};

export const oneInFlight = {
  name: "api-service-client, maxInFlight 1",
  tellsErrorsApart: true,
  create: ({ fetch }) => clientWith(fetch, { maxInFlight: 1 }),
};

export const told = {
  name: "api-service-client, told the plan",
  tellsErrorsApart: true,
  knowsPlan: true,
  create: ({ fetch, scenario: { plan } }) =>
    clientWith(fetch, { plan: { rate: plan.perHour / 3_600, burst: plan.burst } }),
};
