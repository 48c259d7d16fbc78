import axios from "axios";
import axiosRetry, { exponentialDelay } from "axios-retry";
import { ENDPOINT } from "./endpoint.mjs";

export const tenRetries = {
  name: "axios + axios-retry, 10 retries",
  create({ fetch }) {
    const client = axios.create({ adapter: "fetch", env: { fetch } });
    axiosRetry(client, { retries: 10, retryDelay: exponentialDelay });
    return { call: () => client.get(ENDPOINT) };
  },
};
