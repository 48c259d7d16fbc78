import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../e2e/harness/browser.js";
import { npm } from "./harness/npm.js";

const README = fileURLToPath(new URL("../../README.md", import.meta.url));
const TEMPLATE = "9.3.0";
const NAME = "vite-react-ts";

/**
 * The first example of the README, pasted into a new application of Vite's own template.
 *
 * @type {import("./harness/environment.js").Environment}
 */
export const pastedReadme = {
  name: "New Vite React application, README pasted",
  quick: true,
  checks: ["types", "import", "fetch", "notice", "quiet"],
  async run({ projects, api }) {
    const project = await projects.created(NAME, createApplication);
    await writeFile(project.path("src/App.tsx"), await exampleOfReadme());
    // The template's build first checks the types with its own strict rules.
    await project.build([
      ["tsc", "-b"],
      ["vite", "build"],
    ]);
    const server = await project.serve(["vite", "preview", "--host", "127.0.0.1"]);
    const browser = await launchBrowser();
    try {
      return { types: "passed", ...(await use(await browser.newPage(), server.url, api.run())) };
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

function createApplication(folder) {
  const answers = ["--template", "react-ts", "--no-interactive"];
  return npm(["create", "--yes", `vite@${TEMPLATE}`, NAME, "--", ...answers], folder);
}

async function exampleOfReadme() {
  const [, example] = (await readFile(README, "utf8")).match(/^```tsx\n(.*?)^```$/ms);
  return example;
}

/** Acts as a person who loads the orders. The API of the checks answers the address in the README. */
async function use(page, url, run) {
  const said = [];
  page.on("console", (message) => said.push({ type: message.type(), text: message.text() }));
  page.on("pageerror", (error) => said.push({ type: "error", text: String(error) }));
  await page.route("https://api.example.com/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await fetch(run.url + pathname);
    const headers = Object.fromEntries(response.headers);
    await route.fulfill({ status: response.status, headers, body: await response.text() });
  });
  await page.goto(url);
  const answered = page.waitForEvent("console", (message) => message.text().includes("arrivals"));
  const notice = page.getByRole("status").filter({ hasText: "The application is busy" });
  // The notice is shown for one second only.
  const shown = notice.waitFor().then(
    () => "passed",
    (error) => error.message,
  );
  await page.getByRole("button", { name: "Load" }).click();
  const outcome = { import: "passed", notice: await shown };
  await answered;
  const arrivals = run.arrivalsOf("orders");
  const [first, second, ...more] = arrivals;
  outcome.fetch =
    second - first >= 1_000 && more.length === 0 ? "passed" : `calls came at ${arrivals.join(", ")}`;
  const errors = said.filter(
    ({ type, text }) => type === "error" && !text.startsWith("Failed to load resource"),
  );
  outcome.quiet = errors.map(({ text }) => text).join("\n") || "passed";
  return outcome;
}
