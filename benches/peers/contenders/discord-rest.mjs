import { REST } from "@discordjs/rest";
import { ORIGIN } from "./endpoint.mjs";

export const discord = {
  name: "@discordjs/rest",
  create({ fetch }) {
    const rest = new REST({
      api: ORIGIN,
      makeRequest: async (url) => asDiscord(await fetch(url)),
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      // Its sweeps of what has not been used for hours.
      hashSweepInterval: 0,
      handlerSweepInterval: 0,
    });
    return { call: () => rest.get("/items", { auth: false }) };
  },
};

// It pauses everything only for the answers that Discord marks so.
function asDiscord(response) {
  if (response.headers.has("retry-after")) response.headers.set("x-ratelimit-global", "true");
  return response;
}
