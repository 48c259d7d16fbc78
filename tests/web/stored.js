// The stored entries of clients on this origin, and failures of the storage.

const ours = () => Object.keys(localStorage).filter((key) => key.startsWith("api-service-client:"));

/** The stored entries as text. */
export const kept = () => ours().map((key) => `${key} ${localStorage.getItem(key)}`);

export const forget = () => {
  for (const key of ours()) localStorage.removeItem(key);
};

/** Replaces the text of every entry by the result of a function. */
export const replaceBy = (change) => {
  for (const key of ours()) localStorage.setItem(key, change(localStorage.getItem(key)));
};

const platforms = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
const instead = (get) => {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get });
};
const { setItem } = Storage.prototype;

export const absent = () => instead(() => undefined);

/** Blocks the storage, as a person can. */
export const blocked = () =>
  instead(() => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  });

export const full = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };
};

export const asItWas = () => {
  Object.defineProperty(globalThis, "localStorage", platforms);
  Storage.prototype.setItem = setItem;
};

const changed = (change) => (text) => JSON.stringify(change(JSON.parse(text)));

/** Changes that make an entry invalid, by description. */
export const corruptions = () => [
  ["empty", () => ""],
  ["no JSON", () => "{"],
  ["cut short", (text) => text.slice(0, -20)],
  ["null", () => "null"],
  ["a number", () => "42"],
  ["a text", () => '"[1]"'],
  ["an object", () => "{}"],
  ["an object that is as long as can be", () => '{"length":4294967295}'],
  ["an empty list", () => "[]"],
  ["a list of nothing", () => "[null,null,null,null]"],
  ["a list of lists", (text) => `[${text},${text}]`],
  ["a list that is too long", (text) => JSON.stringify(new Array(10_000).fill(text))],
  ["another version", changed(([at, , ...rest]) => [at, 2, ...rest])],
  ["without its end", changed((numbers) => numbers.slice(0, -1))],
  ["negative", changed((numbers) => numbers.map((number) => -number))],
  ["no numbers", changed(([at, version, ...rest]) => [at, version, ...rest.map(() => "NaN")])],
];

/** Moves the time of every entry `ms` milliseconds later. */
export const keptLaterBy = (ms) => replaceBy(changed(([at, ...rest]) => [at + ms, ...rest]));

/** Makes every number after the version huge. */
export const immense = () =>
  replaceBy(changed(([at, version, ...rest]) => [at, version, ...rest.map(() => 1e300)]));
