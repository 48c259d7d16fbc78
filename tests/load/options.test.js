import assert from "node:assert/strict";
import { test } from "node:test";
import { given } from "./options.js";

test("without flags it is the mock gateway, with a flood of five thousand a second", () => {
  const { target, floodRate, tolerance } = given([]);
  assert.deepEqual({ target, floodRate, tolerance }, { target: "mock", floodRate: 5_000, tolerance: 0.01 });
});

test("a gateway elsewhere has the plan of the template, is given some tolerance, and is spared the flood", () => {
  const { target, rate, burst, floodRate, tolerance, headers } = given([
    "--target=https://api.example.com/prod/",
    "--header=x-api-key: secret",
  ]);
  assert.deepEqual(
    { target, rate, burst, floodRate, tolerance, headers },
    {
      target: "https://api.example.com/prod",
      rate: 100 / 60,
      burst: 200,
      floodRate: 0,
      tolerance: 0.2,
      headers: { "x-api-key": "secret" },
    },
  );
});

test("a flag wins over the smoke run, and the smoke run over the target's own", () => {
  const { rate, burst, requests } = given(["--smoke", "--burst=7"]);
  assert.deepEqual({ rate, burst, requests }, { rate: 20, burst: 7, requests: 40 });
});

test("clients are in threads unless they are wanted in a browser", () => {
  assert.equal(given([]).browser, false);
  assert.equal(given(["--browser"]).browser, true);
});

test("what is wrong is named with its flag and its value", () => {
  assert.throws(() => given(["--target=nowhere"]), /^Error: --target nowhere: mock, ministack, or/);
  assert.throws(() => given(["--rate=fast"]), /^Error: --rate fast: not a number/);
  assert.throws(() => given(["--burst="]), /--burst : not a number/);
  assert.throws(() => given(["--header=secret"]), /^Error: --header secret: a name and a value/);
  assert.throws(() => given(["--brust=1"]), /--brust/);
  assert.throws(() => given(["--target=ministack", "--browser"]), /^Error: --browser: a page cannot read/);
});
