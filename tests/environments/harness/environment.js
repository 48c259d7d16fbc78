import { join } from "node:path";
import { engines } from "../../e2e/harness/engines.js";
import { startPageServer } from "../../e2e/harness/page-server.js";

/**
 * An environment in which the package must work.
 *
 * @typedef {object} Environment
 * @property {string} name
 * @property {boolean} quick whether it runs with every test of the package
 * @property {string[]} checks the names of its checks
 * @property {(world: { projects: any, api: any }) => Promise<Record<string, string>>} run the result of each
 *   check: "passed", or the reason of its failure
 */

/**
 * A program that runs the checks and ends by itself: a closed client keeps no process alive.
 *
 * @param {object} program
 * @param {string[]} [program.compile] a command that checks the program's types and writes its output
 * @returns {Environment}
 */
export function program({ name, fixture, compile, command, checks, quick = false }) {
  return {
    name,
    quick,
    checks: [...(compile ? ["types"] : []), ...checks, "exit"],
    async run({ projects, api }) {
      const project = await projects.fixture(fixture);
      if (compile) await project.run(compile);
      const run = api.run();
      await project.run(command, { API: run.url });
      return { types: "passed", ...(await run.outcome), exit: "passed" };
    },
  };
}

/**
 * A program whose success is the check.
 *
 * @returns {Environment}
 */
export function verdict({ name, fixture, command, check, quick = false }) {
  return {
    name,
    quick,
    checks: [check],
    async run({ projects }) {
      const project = await projects.fixture(fixture);
      await project.run(command.map((word) => (word === "TARBALL" ? project.tarball : word)));
      return { [check]: "passed" };
    },
  };
}

/**
 * A page that runs the checks, in each of the available engines.
 *
 * @param {object} page
 * @param {string[][]} [page.build] commands that build it
 * @param {string[]} [page.server] the project's own server; without it, the files of `folder` are served
 * @param {string} [page.realm] the kind of worker that runs the checks
 * @returns {Environment[]}
 */
export function page({ name, fixture, build = [], server, folder, headers, path = "/", realm, ...rest }) {
  const { in: wanted = ["Chromium"], checks, quiet = true, quick = false } = rest;
  const available = wanted.filter((engine) => engines[engine]);
  return available.map((engine) => ({
    name: `${name}, ${engine}`,
    quick,
    checks: engine === "Chromium" && quiet ? [...checks, "quiet"] : checks,
    async run({ projects, api }) {
      const project = await projects.fixture(fixture);
      await project.build(build);
      const served = server
        ? await project.serve(server)
        : await startPageServer((path) => join(project.path(folder), path), headers);
      try {
        const run = api.run();
        const url = new URL(path, served.url);
        url.search = new URLSearchParams({ api: run.url, ...(realm && { realm }) });
        return await outcomeOf(url.href, run, engines[engine]);
      } finally {
        await served.stop();
      }
    },
  }));
}

async function outcomeOf(url, run, openTab) {
  const tab = await openTab();
  const complaints = () => tab.complaints.join("\n");
  try {
    await tab.goto(url);
    const outcome = await run.outcome;
    return { ...outcome, quiet: complaints() || "passed" };
  } catch (cause) {
    throw new Error(`${cause.message}. The page says: ${complaints() || "nothing"}`, { cause });
  } finally {
    await tab.close();
  }
}
