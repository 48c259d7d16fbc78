// The measured clients. Each returns a function that fetches a URL through the transport.

/** The installed clients by name. */
export async function contenders(transport) {
  const makers = { "api-service-client": ours, ky, axios, cockatiel };
  const found = [];
  for (const [name, make] of Object.entries(makers)) {
    try {
      found.push([name, await make(transport)]);
    } catch (error) {
      if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
      console.log(`${name} is not installed`);
    }
  }
  return found;
}

async function ours(transport) {
  const { ApiServiceClient } = await import("api-service-client");
  const options = { fetch: transport, maxQueue: 1_000_000, tabs: false, persist: false };
  return new ApiServiceClient(options).fetch;
}

async function ky(transport) {
  const { default: ky } = await import("ky");
  return ky.create({ fetch: transport });
}

async function axios(transport) {
  const { default: axios } = await import("axios");
  const instance = axios.create({ adapter: "fetch", env: { fetch: transport, Request, Response } });
  return (url) => instance.get(url);
}

async function cockatiel(transport) {
  const { ExponentialBackoff, handleAll, retry } = await import("cockatiel");
  const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });
  return (url) => policy.execute(() => transport(url));
}
