// Shortens the names of the imports and exports between WebAssembly and its glue. wasm-bindgen makes each import name
// unique with 16 digits, which do not compress: a quarter of the glue, and 1 kB of the WebAssembly.

const LETTERS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const IMPORTS = 2;
const EXPORTS = 7;
const FUNCTION = 0;

/**
 * Returns both with names of one or two letters.
 *
 * @param {Uint8Array} wasm
 * @param {string} glue the module that wasm-bindgen wrote
 */
export function withShortNames(wasm, glue) {
  let text = glue;
  const rename = (name, pattern, short) => {
    const found = new RegExp(pattern.replace("NAME", name.replaceAll("$", "\\$")), "gm");
    if (!found.test(text)) throw new Error(`the glue has no ${name}: has wasm-bindgen changed?`);
    text = text.replace(found, short);
  };
  const withImports = withSection(wasm, IMPORTS, readImports, ({ module, name, type }, i) => {
    rename(name, "^( *)NAME: ", `$1${shortName(i)}: `);
    return [...string(module), ...string(shortName(i)), FUNCTION, ...number(type)];
  });
  const withBoth = withSection(withImports, EXPORTS, readExports, ({ name, kind, index }, i) => {
    // The glue does not use every export.
    const isUsed = text.includes(`wasm.${name}`);
    if (isUsed) rename(name, "\\bwasm\\.NAME\\b", `wasm.${shortName(i)}`);
    return [...string(isUsed ? shortName(i) : name), kind, ...number(index)];
  });
  return { wasm: withBoth, glue: text };
}

/** Returns the module with the entries of one section rewritten. */
function withSection(wasm, id, read, write) {
  const { start, body, end } = sectionOf(wasm, id);
  const entries = read(wasm.subarray(body, end));
  const bytes = [...number(entries.length), ...entries.flatMap(write)];
  return Uint8Array.from([
    ...wasm.subarray(0, start),
    id,
    ...number(bytes.length),
    ...bytes,
    ...wasm.subarray(end),
  ]);
}

function shortName(i) {
  const first = Math.floor(i / LETTERS.length);
  return (first > 0 ? LETTERS[first - 1] : "") + LETTERS[i % LETTERS.length];
}

function sectionOf(wasm, wanted) {
  const reader = new Reader(wasm, 8);
  while (!reader.isDone) {
    const start = reader.at;
    const id = reader.byte();
    const length = reader.number();
    const body = reader.at;
    if (id === wanted) return { start, body, end: body + length };
    reader.at = body + length;
  }
  throw new Error(`the WebAssembly has no section ${wanted}`);
}

function readImports(section) {
  const reader = new Reader(section, 0);
  return Array.from({ length: reader.number() }, () => {
    const [module, name] = [reader.string(), reader.string()];
    if (reader.byte() !== FUNCTION) throw new Error(`${name} is no function: has wasm-bindgen changed?`);
    return { module, name, type: reader.number() };
  });
}

function readExports(section) {
  const reader = new Reader(section, 0);
  return Array.from({ length: reader.number() }, () => ({
    name: reader.string(),
    kind: reader.byte(),
    index: reader.number(),
  }));
}

/** Reads numbers as LEB128, and strings as UTF-8 after their length. */
class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  get isDone() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  number() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.byte();
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    return value;
  }

  string() {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
}

function number(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

function string(text) {
  const bytes = new TextEncoder().encode(text);
  return [...number(bytes.length), ...bytes];
}
