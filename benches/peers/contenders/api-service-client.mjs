import { ApiServiceClient } from "api-service-client";
import { ENDPOINT, ORIGIN, served } from "./endpoint.mjs";

const clientWith = ({ fetch, scenario }, options) => {
  const client = new ApiServiceClient({
    baseUrl: ORIGIN,
    fetch,
    maxQueue: 100_000,
    tabs: scenario.tabs > 1,
    persist: false,
    opaqueThrottling: "retry",
    ...options,
  });
  return { call: () => served(client.fetch(ENDPOINT)), close: () => client.close() };
};

export const untold = {
  name: "api-service-client",
  tellsErrorsApart: true,
  create: (around) => clientWith(around, {}),
};

export const oneInFlight = {
  name: "api-service-client, maxInFlight 1",
  tellsErrorsApart: true,
  create: (around) => clientWith(around, { maxInFlight: 1 }),
};

export const told = {
  name: "api-service-client, told the plan",
  tellsErrorsApart: true,
  knowsPlan: true,
  create: (around) => {
    const { perHour, burst } = around.scenario.plan;
    return clientWith(around, { plan: { rate: perHour / 3_600, burst } });
  },
};
