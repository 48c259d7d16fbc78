// Projects outside the workspace that have installed the package from its tarball.
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npm } from "./npm.js";
import { run, serve } from "./program.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const pkg = here("../../../pkg/");
const fixtures = here("../fixtures/");
const shared = here("../shared/");

/** A new project's installation today: no scripts, no lock file, and the cache before the network. */
const INSTALL = [
  "install",
  "--ignore-scripts",
  "--no-package-lock",
  "--prefer-offline",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

/** Creates a folder for all projects, with the packed package. */
export async function createProjects() {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "environments-")));
  const packed = await npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], pkg);
  const tarball = join(folder, JSON.parse(packed.slice(packed.indexOf("[")))[0].filename);
  const { exports } = JSON.parse(await readFile(join(pkg, "package.json"), "utf8"));
  return new Projects(folder, tarball, exports);
}

class Projects {
  #installed = new Map();

  constructor(folder, tarball, exports) {
    this.folder = folder;
    this.tarball = tarball;
    this.exports = exports;
  }

  /** Installs a fixture with additional dependencies. Repeated calls share the project. */
  fixture(name, dependencies = {}) {
    const folder = [name, ...Object.values(dependencies)].join("-");
    return this.#once(folder, () => this.#copyFixture(name, folder, dependencies));
  }

  /**
   * Creates a project by another program, and installs the package into it.
   *
   * @param {string} name
   * @param {(folder: string) => Promise<void>} create makes the folder `name` in that folder
   */
  created(name, create) {
    return this.#once(name, () => create(this.folder));
  }

  remove() {
    return rm(this.folder, { recursive: true, force: true });
  }

  #once(name, make) {
    if (!this.#installed.has(name)) this.#installed.set(name, this.#install(name, make));
    return this.#installed.get(name);
  }

  async #copyFixture(name, copy, besides) {
    const folder = join(this.folder, copy);
    await cp(join(fixtures, name), folder, { recursive: true });
    await cp(shared, join(folder, "shared"), { recursive: true });
    const { dependencies } = await addDependencies(folder, besides);
    const entries = entryPoints(this.exports, dependencies);
    await writeFile(join(folder, "shared/entries.js"), asModule(entries));
    await writeFile(join(folder, "shared/entries.ts"), asModule(entries));
    await writeFile(join(folder, "shared/entries.cjs"), asScript(entries));
    // The bindings work only in components of the page.
    const forServers = entries.filter(({ name }) => name !== "react");
    await writeFile(join(folder, "shared/server-entries.js"), asModule(forServers));
  }

  async #install(name, make) {
    await make();
    const folder = join(this.folder, name);
    await addDependencies(folder, { "api-service-client": `file:${this.tarball}` });
    await npm(INSTALL, folder);
    return new Project(folder, this.tarball);
  }
}

class Project {
  #built = new Map();

  constructor(folder, tarball) {
    this.folder = folder;
    this.tarball = tarball;
  }

  path(name) {
    return join(this.folder, name);
  }

  /** Runs these commands in order. Repeated calls share the build. */
  build(commands) {
    const name = JSON.stringify(commands);
    if (!this.#built.has(name)) this.#built.set(name, this.#runAll(commands));
    return this.#built.get(name);
  }

  async #runAll(commands) {
    for (const command of commands) await this.run(command);
  }

  /** Runs a program of the project, or Node, to its end. */
  run([program, ...args], env) {
    return run(this.#program(program), args, { cwd: this.folder, env });
  }

  /** Starts a server of the project. */
  serve([program, ...args], env) {
    return serve(this.#program(program), args, { cwd: this.folder, env });
  }

  #program(name) {
    return name === "node" ? process.execPath : join(this.folder, "node_modules/.bin", name);
  }
}

/** Writes the dependencies into the manifest in this folder, and returns the manifest. */
async function addDependencies(folder, more) {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  manifest.dependencies = { ...manifest.dependencies, ...more };
  await writeFile(file, JSON.stringify(manifest, undefined, 2));
  return manifest;
}

/**
 * Every entry point of the package by name, without the bindings of frameworks that the project has not
 * installed.
 */
function entryPoints(exports, dependencies = {}) {
  const modules = Object.keys(exports).filter((path) => exports[path].default?.endsWith(".js"));
  const usable = modules.filter((path) => path !== "./react" || dependencies.react);
  return usable.map((path) => ({
    name: path === "." ? "index" : path.slice(2),
    specifier: path === "." ? "api-service-client" : `api-service-client/${path.slice(2)}`,
  }));
}

const list = (entries) => entries.map(({ name }) => name).join(", ");

function asModule(entries) {
  const imports = entries.map(({ name, specifier }) => `import * as ${name} from "${specifier}";\n`);
  return `${imports.join("")}\nexport const entries = { ${list(entries)} };\n`;
}

function asScript(entries) {
  const imports = entries.map(({ name, specifier }) => `const ${name} = require("${specifier}");\n`);
  return `${imports.join("")}\nexports.entries = { ${list(entries)} };\n`;
}
