import { chromium } from "playwright-core";

/** The Chromium that the system has. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Chromium's sandbox refuses to run as root, as in a container.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
