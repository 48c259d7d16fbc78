import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const bindings = {
  include: ["bindings/**/*.test.tsx"],
  environment: "jsdom",
  execArgv: ["--expose-gc"],
};

/** The source of the bindings, over a client whose state a test sets by hand. */
const overStandIn = [
  { find: "api-service-client/react", replacement: path("../../pkg/src/react.tsx") },
  { find: "api-service-client", replacement: path("bindings/client-stand-in.ts") },
];

export default defineConfig({
  test: {
    projects: [
      { resolve: { alias: overStandIn }, test: { ...bindings, name: "bindings" } },
      // What is published, as its users get it.
      { test: { name: "package", include: ["package/**/*.test.tsx"], environment: "jsdom" } },
    ],
  },
});
