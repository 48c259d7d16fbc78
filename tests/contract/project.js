// Another project that has installed the package from its tarball, as npm would publish it.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const pkg = fileURLToPath(new URL("../../pkg/", import.meta.url));
const { resolve } = createRequire(import.meta.url);

/** The report of `npm pack`: for a dry run, or for the tarball written into `folder`. */
export async function pack(folder) {
  const where = folder ? ["--pack-destination", folder] : ["--dry-run"];
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", ...where], { cwd: pkg });
  return JSON.parse(stdout)[0];
}

/**
 * Creates a project, which is removed after the tests of the file.
 *
 * @param {string[]} packages other packages that the project has installed
 */
export async function project(packages = []) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "package-test-")));
  after(() => rm(folder, { recursive: true }));
  const installed = join(folder, "node_modules/api-service-client");
  await mkdir(installed, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const { filename } = await pack(folder);
  await run("tar", [
    "--extract",
    "--strip-components=1",
    `--file=${join(folder, filename)}`,
    `--directory=${installed}`,
  ]);
  for (const name of packages) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(dirname(resolve(`${name}/package.json`)), link);
  }
  return new Project(folder, installed);
}

class Project {
  constructor(folder, installed) {
    this.folder = folder;
    /** The folder of the installed package. */
    this.installed = installed;
  }

  write(name, text) {
    return writeFile(join(this.folder, name), text);
  }

  /** Runs an ES module in the project, and returns its output. */
  module(code) {
    return this.#node(["--input-type=module", "--eval", code]);
  }

  /** Runs a CommonJS script in the project, and returns its output. */
  script(code) {
    return this.#node(["--input-type=commonjs", "--eval", code]);
  }

  /** Type checks the project's files with its tsconfig.json. Rejects with the output of tsc. */
  async typecheck() {
    const tsc = join(dirname(resolve("typescript/package.json")), "bin/tsc");
    await run(process.execPath, [tsc, "--project", this.folder]).catch((error) => {
      throw new Error(error.stdout || error.message);
    });
  }

  async #node(args) {
    const { stdout, stderr } = await run(process.execPath, args, { cwd: this.folder });
    return { stdout: stdout.trim(), stderr };
  }
}
