// A client in a web worker. Its page serves the package.
import { ApiServiceClient } from "../package/index.js";
import { client } from "./client.js";

let send;
addEventListener("message", async ({ data }) => {
  if (data === "start") return postMessage(await send());
  send = client({ ...data, ApiServiceClient });
  postMessage("ready");
});
