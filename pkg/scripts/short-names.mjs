// The names that WebAssembly and its glue import from each other by. wasm-bindgen makes each unique among all modules
// that there are, with 16 digits that no compression shortens: a quarter of the glue, and 1 kB of the WebAssembly.

const LETTERS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const IMPORTS = 2;
const FUNCTION = 0;

/**
 * The same two with names of one letter or two.
 *
 * @param {Uint8Array} wasm
 * @param {string} glue the module that wasm-bindgen wrote
 */
export function withShortNames(wasm, glue) {
  const section = importSection(wasm);
  const imports = readImports(wasm.subarray(section.body, section.end));
  const bytes = number(imports.length);
  let text = glue;
  imports.forEach(({ module, name, type }, i) => {
    const short = shortName(i);
    bytes.push(...string(module), ...string(short), FUNCTION, ...number(type));
    const key = new RegExp(`^( *)${name.replaceAll("$", "\\$")}: `, "m");
    if (!key.test(text)) throw new Error(`the glue provides no ${name}: has wasm-bindgen changed?`);
    text = text.replace(key, `$1${short}: `);
  });
  const head = [IMPORTS, ...number(bytes.length), ...bytes];
  return {
    wasm: Uint8Array.from([...wasm.subarray(0, section.start), ...head, ...wasm.subarray(section.end)]),
    glue: text,
  };
}

function shortName(i) {
  const first = Math.floor(i / LETTERS.length);
  return (first > 0 ? LETTERS[first - 1] : "") + LETTERS[i % LETTERS.length];
}

function importSection(wasm) {
  const reader = new Reader(wasm, 8);
  while (!reader.isDone) {
    const start = reader.at;
    const id = reader.byte();
    const length = reader.number();
    const body = reader.at;
    if (id === IMPORTS) return { start, body, end: body + length };
    reader.at = body + length;
  }
  throw new Error("the WebAssembly imports nothing");
}

function readImports(section) {
  const reader = new Reader(section, 0);
  return Array.from({ length: reader.number() }, () => {
    const [module, name] = [reader.string(), reader.string()];
    if (reader.byte() !== FUNCTION) throw new Error(`${name} is no function: has wasm-bindgen changed?`);
    return { module, name, type: reader.number() };
  });
}

/** Numbers are LEB128, strings are UTF-8 behind their length. */
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
