import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Resolves the bindings from source, with a client whose state the test sets. */
const overStandIn = [
  { find: "api-service-client/react", replacement: path("../../pkg/src/react.tsx") },
  { find: "api-service-client", replacement: path("bindings/client-stand-in.ts") },
];

/** Resolves React 18, and the Testing Library beside it, which renders with that React. */
const onReact18 = [
  {
    find: /^(react|react-dom|@testing-library\/react)(?=\/|$)/,
    replacement: path("../react-18-modules/node_modules/$1"),
  },
];

const shared = { environment: "jsdom", setupFiles: ["quiet.ts"] };
const bindings = { ...shared, include: ["bindings/**/*.test.tsx"], execArgv: ["--expose-gc"] };
/** Tests of the published package. */
const published = { ...shared, include: ["published/**/*.test.tsx"] };

export default defineConfig({
  test: {
    projects: [
      { resolve: { alias: overStandIn }, test: { ...bindings, name: "React 19" } },
      {
        resolve: { alias: [...overStandIn, ...onReact18] },
        // React 18 has no <Activity>.
        test: { ...bindings, name: "React 18", exclude: ["bindings/activity.test.tsx"] },
      },
      { test: { ...published, name: "published, React 19" } },
      { resolve: { alias: onReact18 }, test: { ...published, name: "published, React 18" } },
    ],
  },
});
