import { check } from "./checks.js";
import { entries } from "./entries.js";

addEventListener("message", ({ data: api }) => check(entries, api));
