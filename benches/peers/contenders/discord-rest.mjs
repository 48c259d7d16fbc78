import { REST } from "@discordjs/rest";
import { ORIGIN } from "./endpoint.mjs";

export const discord = {
  name: "@discordjs/rest",
  create({ fetch }) {
    const rest = new REST({
      api: ORIGIN,
      makeRequest: async (url) => asDiscord(await fetch(url)),
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      // Disables the sweeps of entries unused for hours.
      hashSweepInterval: 0,
      handlerSweepInterval: 0,
    });
    return { call: () => rest.get("/items", { auth: false }) };
  },
};

// The library pauses all requests only for answers that Discord marks as global.
function asDiscord(response) {
  if (response.headers.has("retry-after")) response.headers.set("x-ratelimit-global", "true");
  return response;
}
