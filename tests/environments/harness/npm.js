import { run } from "./program.js";

/**
 * npm waits five minutes for a stalled download by default. 30 s suffice: the files fetched so far are in its
 * cache, and a second attempt continues from there.
 */
const STALLED_AFTER_MS = 30_000;
const ATTEMPTS = 3;
const STALLED = /\b(EIDLETIMEOUT|ERR_SOCKET_TIMEOUT|ETIMEDOUT|ECONNRESET)\b/;

/** Runs npm in a folder. */
export async function npm(args, folder) {
  const env = { npm_config_fetch_timeout: String(STALLED_AFTER_MS) };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run("npm", args, { cwd: folder, env });
    } catch (error) {
      if (attempt === ATTEMPTS || !STALLED.test(error.message)) throw error;
    }
  }
}
