// Writes WebAssembly as a string in a JavaScript module. Base64 would shift bytes across character borders, which hides
// their repetitions from gzip and costs a third more. Here each byte is one symbol.

// The 93 characters that no string literal and no minifier escapes: printable ASCII without `"` and `\`.
const ALPHABET = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).filter(
  (character) => character !== '"' && character !== "\\",
);
// Two characters are prefixes of a rare byte; each of the others is a frequent byte.
const PREFIXES = 2;
const FREQUENT = ALPHABET.length - PREFIXES;

/**
 * Returns the source of a module that exports `wasmBytes(): Uint8Array<ArrayBuffer>`.
 *
 * @param {Uint8Array} wasm
 */
export function inlinedModule(wasm) {
  const frequent = mostFrequent(wasm);
  return `// Bit b of the mask: byte b has a character of its own. A rarer byte is one of two prefixes and a character.
const mask = ${JSON.stringify(mask(frequent))};
const text = ${JSON.stringify(encode(wasm, frequent))};
const symbol = (at) => { const code = text.charCodeAt(at); return code - 32 - (code > 34) - (code > 92); };
export function wasmBytes() {
  const bytesWith = (bit) =>
    Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => ((parseInt(mask[byte >> 2], 16) >> (byte & 3)) & 1) === bit);
  const frequent = bytesWith(1), rare = bytesWith(0), bytes = new Uint8Array(${wasm.length});
  for (let at = 0, length = 0; at < text.length; length++) {
    const first = symbol(at++);
    bytes[length] = first < ${PREFIXES} ? rare[first * ${ALPHABET.length} + symbol(at++)] : frequent[first - ${PREFIXES}];
  }
  return bytes;
}
`;
}

export const inlinedModuleDeclaration = `/** The package's WebAssembly module. */
export declare function wasmBytes(): Uint8Array<ArrayBuffer>;
`;

function mostFrequent(wasm) {
  const counts = new Uint32Array(256);
  for (const byte of wasm) counts[byte]++;
  const ranked = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
  // In the order of their values, so that the mask is enough to decode.
  return new Set(ranked.slice(0, FREQUENT).sort((a, b) => a - b));
}

function mask(frequent) {
  const nibble = (first) => [0, 1, 2, 3].reduce((bits, i) => bits | (frequent.has(first + i) << i), 0);
  return Array.from({ length: 64 }, (_, i) => nibble(4 * i).toString(16)).join("");
}

function encode(wasm, frequent) {
  const symbols = new Array(256);
  [...frequent].forEach((byte, rank) => {
    symbols[byte] = ALPHABET[PREFIXES + rank];
  });
  [...symbols.keys()]
    .filter((byte) => !frequent.has(byte))
    .forEach((byte, rank) => {
      symbols[byte] = ALPHABET[Math.floor(rank / ALPHABET.length)] + ALPHABET[rank % ALPHABET.length];
    });
  return Array.from(wasm, (byte) => symbols[byte]).join("");
}
