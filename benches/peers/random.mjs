import { createCipheriv } from "node:crypto";
import { replace } from "./virtual-clock.mjs";

const BLOCK = Buffer.alloc(16_384);

/** Random numbers determined by a seed: AES in counter mode over zeros. */
export class Random {
  #cipher;
  #bytes = Buffer.alloc(0);
  #used = 0;

  /**
   * `stream` separates independent consumers: an additional draw of one does not change the numbers of
   * another.
   */
  constructor(seed, stream) {
    const key = Buffer.alloc(16);
    key.writeUInt32LE(seed, 0);
    key.writeUInt32LE(stream, 4);
    this.#cipher = createCipheriv("aes-128-ctr", key, Buffer.alloc(16));
  }

  uint32() {
    if (this.#used + 4 > this.#bytes.length) {
      this.#bytes = this.#cipher.update(BLOCK);
      this.#used = 0;
    }
    this.#used += 4;
    return this.#bytes.readUInt32LE(this.#used - 4);
  }

  /** Evenly distributed over [0, 1). */
  float() {
    return (this.uint32() + (this.uint32() >>> 11) / 2 ** 21) / 2 ** 32;
  }

  /** Replaces the platform's sources of randomness. Returns a function that restores them. */
  install() {
    const fill = (array) => {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let index = 0; index < bytes.length; index += 1) bytes[index] = this.uint32() & 0xff;
      return array;
    };
    return replace([
      [Math, "random", () => this.float()],
      [globalThis.crypto, "getRandomValues", fill],
    ]);
  }
}
