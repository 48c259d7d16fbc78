import { join } from "node:path";
import { engines } from "../../e2e/harness/engines.js";
import { startPageServer } from "../../e2e/harness/page-server.js";

/**
 * A place where the package has to work.
 *
 * @typedef {object} Environment
 * @property {string} name
 * @property {boolean} quick whether it is tried with every test of the package
 * @property {string[]} checks what has to be shown there
 * @property {(world: { projects: any, api: any }) => Promise<Record<string, string>>} run says of each check "passed", or why not
 */

/**
 * A program that checks by itself, and ends by itself: nothing of a closed client keeps it alive.
 *
 * @param {object} program
 * @param {string[]} [program.compile] a command that checks the program's types, and writes what is run
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
 * A page that checks by itself, in each of these engines that there is here.
 *
 * @param {object} page
 * @param {string[][]} [page.build] commands that build it
 * @param {string[]} [page.server] the project's own server; without one, the files of `folder` are served
 * @param {string} [page.realm] where in the page: a kind of worker
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
