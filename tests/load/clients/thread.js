// A client in a thread of Node.
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { ApiServiceClient } from "api-service-client";
import { client } from "./client.js";

const send = client({ ...workerData, ApiServiceClient });
parentPort.postMessage("ready");
await once(parentPort, "message");
parentPort.postMessage(await send());
