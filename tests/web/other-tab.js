// Another script of the same origin: it records the messages between clients and sends any message.

export class OtherTab {
  #channel = new BroadcastChannel("api-service-client/1");
  #heard = [];

  constructor() {
    this.#channel.onmessage = ({ data }) => this.#heard.push(data);
  }

  get heard() {
    return this.#heard;
  }

  say(anything) {
    this.#channel.postMessage(anything);
  }

  close() {
    this.#channel.close();
  }
}

/** Malformed messages, most of them close to a valid one. */
export function rubbish([scope, postedAt, word]) {
  const with_ = (index, value) => word.with(index, value);
  return [
    undefined,
    null,
    "",
    "[]",
    42,
    [],
    [scope],
    [scope, postedAt],
    [scope, postedAt, []],
    [scope, postedAt, Array.from(word)],
    [scope, postedAt, {}],
    [scope, postedAt, { length: 2 ** 53 }],
    [scope, postedAt, "1"],
    [scope, postedAt, new Uint8Array(14)],
    [scope, postedAt, new ArrayBuffer(112)],
    [scope, postedAt, new Float64Array(0)],
    [scope, postedAt, word.slice(1)],
    [scope, postedAt, new Float64Array(1_000_000).fill(1)],
    [scope, postedAt, new Float64Array(word.length).fill(Number.NaN)],
    [scope, postedAt, new Float64Array(word.length).fill(Number.POSITIVE_INFINITY)],
    [scope, postedAt, word.map((number) => -number)],
    [scope, postedAt, with_(0, 2)],
    [Number(scope), postedAt, word],
    [String(scope), postedAt, word],
    [null, postedAt, word],
    [scope + 1n, postedAt, word],
    [2n ** 70n, postedAt, word],
    [scope, String(postedAt), word],
    [scope, undefined, word],
    [scope, BigInt(postedAt), word],
    { 0: scope, 1: postedAt, 2: word, length: 3 },
    new Map([[scope, word]]),
    new Error("what?"),
    new Blob(["what?"]),
  ];
}

/** Counts the errors that the page reports as uncaught from now on. */
export function uncaught() {
  let count = 0;
  globalThis.addEventListener("error", () => {
    count += 1;
  });
  return () => count;
}
