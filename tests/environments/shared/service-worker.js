import { check } from "./checks.js";
import { entries } from "./entries.js";

addEventListener("message", (event) => event.waitUntil(check(entries, event.data)));
