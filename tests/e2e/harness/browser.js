import { chromium } from "playwright-core";

/** Launches the system's Chromium. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Chromium's sandbox refuses to run as root, as in a container.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
