// Every library in the best configuration that its documentation suggests.

import * as apiServiceClient from "./api-service-client.mjs";
import * as axiosRetry from "./axios-retry.mjs";
import * as bottleneck from "./bottleneck.mjs";
import * as cockatiel from "./cockatiel.mjs";
import * as discord from "./discord-rest.mjs";
import * as ky from "./ky.mjs";
import * as pQueue from "./p-queue.mjs";
import * as smithy from "./smithy.mjs";
import * as tanstackQuery from "./tanstack-query.mjs";

export const CONTENDERS = [
  apiServiceClient.untold,
  apiServiceClient.oneInFlight,
  pQueue.serial,
  pQueue.few,
  pQueue.concurrent,
  discord.discord,
  smithy.endless,
  bottleneck.untold,
  cockatiel.tenRetries,
  ky.tenRetries,
  ky.neverGivesUp,
  axiosRetry.tenRetries,
  tanstackQuery.tenRetries,
  apiServiceClient.told,
  bottleneck.told,
];
