import { check } from "./checks.js";
import { entries } from "./entries.js";

addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data: api }) => check(entries, api);
});
