/** The results of all checks by environment. */
export class Matrix {
  #rows = [];
  #checks = new Set();

  row(environment) {
    const cells = new Map();
    this.#rows.push({ environment, cells });
    return (check, passed) => {
      this.#checks.add(check);
      cells.set(check, passed);
    };
  }

  toString() {
    const checks = [...this.#checks];
    const width = Math.max(...this.#rows.map(({ environment }) => environment.length));
    const line = (first, cells) =>
      [first.padEnd(width), ...cells.map((cell, index) => centred(cell, checks[index].length))]
        .join("  ")
        .trimEnd();
    const signs = { true: "✓", false: "✗", undefined: "·" };
    return [
      line("", checks),
      ...this.#rows.map(({ environment, cells }) =>
        line(
          environment,
          checks.map((check) => signs[cells.get(check)]),
        ),
      ),
    ].join("\n");
  }
}

function centred(text, width) {
  const left = Math.floor((width - text.length) / 2);
  return (" ".repeat(Math.max(left, 0)) + text).padEnd(width);
}
