// The environments in which the package must work.
//
// The quick ones install fast and differ most. They run with every test of the package, the others on
// request.
import { page, program, verdict } from "./harness/environment.js";
import { reactPage } from "./react.js";
import { pastedReadme } from "./readme.js";

const CHECKS = ["import", "construct", "options", "fetch", "state", "events", "testing"];
const WITH_SLIM = [...CHECKS, "slim"];
const EACH_ENGINE = ["Chromium", "Firefox", "WebKit"];

const node = [
  program({
    name: "Node, import",
    fixture: "node",
    command: ["node", "import.js"],
    checks: WITH_SLIM,
    quick: true,
  }),
  program({
    name: "Node, require",
    fixture: "node",
    command: ["node", "require.cjs"],
    checks: WITH_SLIM,
    quick: true,
  }),
];

const tsc = (version, config) => [
  "node",
  `node_modules/typescript${version === "5.9" ? "-5" : ""}/bin/tsc`,
  "-p",
  `${config}.json`,
];

const typescript = ["7.0", "5.9"].flatMap((version) => [
  ...["bundler", "node16"].map((resolution) =>
    verdict({
      name: `TypeScript ${version}, moduleResolution ${resolution}`,
      fixture: "typescript",
      command: tsc(version, resolution),
      check: "types",
      quick: true,
    }),
  ),
  // TypeScript compiles each import to a require.
  ...["nodenext", "node20"].map((module) =>
    program({
      name: `TypeScript ${version}, CommonJS, module ${module}`,
      fixture: "typescript",
      compile: tsc(version, `commonjs-${module}`),
      command: ["node", "commonjs.cjs"],
      checks: [...CHECKS, "names"],
      quick: module === "nodenext",
    }),
  ),
  // With this setting TypeScript does not know that Node can require an ES module, so only import() remains.
  verdict({
    name: `TypeScript ${version}, CommonJS, module node16`,
    fixture: "typescript",
    command: tsc(version, "commonjs-node16"),
    check: "types",
    quick: true,
  }),
]);

const published = [
  verdict({
    name: "publint",
    fixture: "published",
    command: ["publint", "run", "TARBALL", "--strict"],
    check: "manifest",
  }),
  // From CommonJS the package is an ES module, as the rule says, and Node can require it. The .wasm has no
  // type and needs none.
  verdict({
    name: "Are the types wrong",
    fixture: "published",
    command: [
      "attw",
      "TARBALL",
      "--profile",
      "node16",
      "--ignore-rules",
      "cjs-resolves-to-esm",
      "--exclude-entrypoints",
      "./api-service-client.wasm",
    ],
    check: "types",
  }),
];

const VITE_BUILD = {
  build: [["vite", "build"]],
  server: ["vite", "preview", "--host", "127.0.0.1"],
  checks: CHECKS,
};
const VITE_DEV = { server: ["vite", "--host", "127.0.0.1"], checks: WITH_SLIM };

const vite = [
  page({ name: "Vite 8 dev", fixture: "vite-8", ...VITE_DEV }),
  page({
    name: "Vite 8 build",
    fixture: "vite-8",
    ...VITE_BUILD,
    checks: WITH_SLIM,
    in: EACH_ENGINE,
    quick: true,
  }),
  page({
    name: "Dedicated worker (Vite 8)",
    fixture: "vite-8",
    ...VITE_BUILD,
    realm: "dedicated",
    in: EACH_ENGINE,
    quick: true,
  }),
  page({
    name: "Shared worker (Vite 8)",
    fixture: "vite-8",
    ...VITE_BUILD,
    realm: "shared",
    in: EACH_ENGINE,
    quick: true,
  }),
  page({ name: "Vite 7 dev", fixture: "vite-7", ...VITE_DEV }),
  page({ name: "Vite 7 build", fixture: "vite-7", ...VITE_BUILD, checks: WITH_SLIM }),
  page({ name: "Dedicated worker (Vite 7)", fixture: "vite-7", ...VITE_BUILD, realm: "dedicated" }),
].flat();

const WEBPACK = {
  fixture: "webpack",
  build: [
    ["webpack", "./main.js", "--mode", "production"],
    ["node", "copy.js"],
  ],
  folder: "dist",
};
const ROLLUP = {
  fixture: "rollup",
  build: [
    ["rollup", "--config"],
    ["node", "copy.js"],
  ],
  folder: "dist",
};
const PARCEL = { fixture: "parcel", build: [["parcel", "build", "index.html"]], folder: "dist" };
const ESBUILD = {
  fixture: "esbuild",
  build: [
    [
      "esbuild",
      "main.js",
      "refused.js",
      "--bundle",
      "--minify",
      "--format=esm",
      "--loader:.wasm=file",
      "--outdir=dist",
    ],
    // A service worker is by default registered as a script.
    ["esbuild", "shared/service-worker.js", "--bundle", "--minify", "--format=iife", "--outdir=dist"],
    ["node", "copy.js"],
  ],
  folder: "dist",
};

const bundlers = [
  page({ name: "webpack 5", ...WEBPACK, checks: WITH_SLIM, in: EACH_ENGINE, quick: true }),
  page({ name: "Dedicated worker (webpack 5)", ...WEBPACK, checks: CHECKS, realm: "dedicated" }),
  page({ name: "Rollup", ...ROLLUP, checks: CHECKS }),
  page({ name: "Parcel", ...PARCEL, checks: CHECKS }),
  page({ name: "esbuild", ...ESBUILD, checks: WITH_SLIM, quick: true }),
  page({
    name: "Service worker (esbuild)",
    ...ESBUILD,
    checks: CHECKS,
    realm: "service",
    in: EACH_ENGINE,
    quick: true,
  }),
  page({ name: "No bundler, import map", fixture: "plain", folder: ".", checks: CHECKS, in: EACH_ENGINE }),
].flat();

const policy = (script) => ({ "content-security-policy": `script-src ${script}` });

const policies = [
  page({
    name: "CSP with 'wasm-unsafe-eval'",
    ...ESBUILD,
    headers: policy("'self' 'wasm-unsafe-eval'"),
    checks: WITH_SLIM,
    in: EACH_ENGINE,
    quick: true,
  }),
  // The page catches the error, but the browser reports it all the same.
  page({
    name: "CSP without it: what to add",
    ...ESBUILD,
    path: "/refused.html",
    headers: policy("'self'"),
    checks: ["construct", "init"],
    quiet: false,
    in: EACH_ENGINE,
    quick: true,
  }),
].flat();

const NEXT = {
  fixture: "next",
  build: [["next", "build"]],
  server: ["next", "start", "-H", "127.0.0.1", "-p", "0"],
};

const next = [
  page({ name: "Next 16, server component", ...NEXT, path: "/server", checks: [...CHECKS, "memory"] }),
  page({ name: "Next 16, client component", ...NEXT, path: "/client", checks: CHECKS, in: EACH_ENGINE }),
].flat();

// Vitest 5 and jsdom 30 need Node 22. These are the newest versions for Node 20.
const vitest = ["node", "jsdom", "happy-dom"].map((environment) =>
  program({
    name: `Vitest 4, ${environment}`,
    fixture: "vitest",
    command: ["vitest", "run", "--environment", environment],
    checks: CHECKS,
    quick: environment === "jsdom",
  }),
);

const jest = [
  program({
    name: "Jest 30, modules",
    fixture: "jest",
    command: [
      "node",
      "--experimental-vm-modules",
      "node_modules/jest/bin/jest.js",
      "--config",
      "jest.esm.json",
    ],
    checks: CHECKS,
  }),
  program({
    name: "Jest 30, Babel",
    fixture: "jest",
    command: ["jest", "--config", "jest.babel.json"],
    checks: CHECKS,
  }),
];

/** @type {import("./harness/environment.js").Environment[]} */
export const environments = [
  ...node,
  ...typescript,
  ...published,
  ...vite,
  ...bundlers,
  ...policies,
  ...next,
  ...vitest,
  ...jest,
  reactPage("19.3.1"),
  reactPage("18.3.1"),
  pastedReadme,
];
