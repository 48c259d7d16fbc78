// The load test, `cargo xtask load`: clients of both kinds above a gateway's limit, then a flood of calls
// that it must refuse.
//
// It writes a report. It fails if the gateway admits more than the limit allows, or if the backend sees a
// refused call.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Ministack } from "../interop/targets/ministack.js";
import { MockGateway } from "../interop/targets/mock-gateway.js";
import { claims } from "./claims.js";
import { given } from "./options.js";
import { page } from "./report/page.js";
import { summary } from "./report/summary.js";
import { run } from "./scenario.js";
import { Somewhere } from "./somewhere.js";

function source({ target, headers }) {
  if (target === "mock") return new MockGateway();
  if (target === "ministack") return new Ministack(process.env.MINISTACK);
  return new Somewhere(target, headers);
}

function asked() {
  try {
    return given(process.argv.slice(2));
  } catch (error) {
    console.error(`load: ${error.message}`);
    process.exit(2);
  }
}

const options = asked();
const gateways = source(options);
try {
  const result = await run(gateways, options);
  const held = claims(result);
  await mkdir(dirname(options.out), { recursive: true });
  await writeFile(options.out, page(result, held));
  console.log(summary(result, held));
  console.log(`\nThe report: ${options.out}`);
  if (held.some(({ isExact, holds }) => isExact && !holds)) process.exitCode = 1;
} finally {
  await gateways.stop();
}
