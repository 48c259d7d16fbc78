import { act, cleanup, render } from "@testing-library/react";
import { ApiServiceProvider, useApiServiceClient } from "api-service-client/react";
import type { ReactNode } from "react";
import { Activity } from "react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ApiServiceClient } from "./client-stand-in.js";

let seen: ApiServiceClient[] = [];

function Consumer(): null {
  seen.push(useApiServiceClient() as unknown as ApiServiceClient);
  return null;
}

const microtasks = (): Promise<void> => act(async () => {});

beforeEach(() => {
  seen = [];
  ApiServiceClient.made = [];
});
afterEach(cleanup);

describe("a client of the provider's own, below an <Activity>", () => {
  const tree = (mode: "visible" | "hidden"): ReactNode => (
    <Activity mode={mode}>
      <ApiServiceProvider>
        <Consumer />
      </ApiServiceProvider>
    </Activity>
  );

  test("stays open while it is hidden, and is the same when it is shown again", async () => {
    const { rerender } = render(tree("visible"));
    rerender(tree("hidden"));
    await microtasks();
    expect(ApiServiceClient.open()).toHaveLength(1);
    rerender(tree("visible"));
    await microtasks();
    expect(new Set(seen).size).toBe(1);
    expect(ApiServiceClient.open()).toHaveLength(1);
  });

  test("is closed when what is hidden is removed", async () => {
    const { rerender, unmount } = render(tree("visible"));
    rerender(tree("hidden"));
    unmount();
    await microtasks();
    expect(ApiServiceClient.open()).toHaveLength(0);
  });
});
