import { act, cleanup, render } from "@testing-library/react";
import { ApiServiceProvider, useApiServiceClient } from "api-service-client/react";
import type { ReactNode } from "react";
import { StrictMode, Suspense, useEffect, useLayoutEffect } from "react";
import { createRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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

describe("a client that the application gives", () => {
  test("is the one that the tree gets", () => {
    const client = new ApiServiceClient();
    render(
      <ApiServiceProvider client={client as never}>
        <Consumer />
      </ApiServiceProvider>,
    );
    expect(seen).toEqual([client]);
    expect(ApiServiceClient.made).toEqual([client]);
  });

  test("is not closed on unmount", async () => {
    const client = new ApiServiceClient();
    render(
      <ApiServiceProvider client={client as never}>
        <Consumer />
      </ApiServiceProvider>,
    ).unmount();
    await microtasks();
    expect(client.closed).toBe(false);
  });

  test("can be replaced by another", () => {
    const [first, second] = [new ApiServiceClient(), new ApiServiceClient()];
    const { rerender } = render(
      <ApiServiceProvider client={first as never}>
        <Consumer />
      </ApiServiceProvider>,
    );
    rerender(
      <ApiServiceProvider client={second as never}>
        <Consumer />
      </ApiServiceProvider>,
    );
    expect(seen.at(-1)).toBe(second);
  });
});

describe("a client of the provider's own", () => {
  test("is made from the options, once, and the same for the whole tree", () => {
    const { rerender } = render(
      <ApiServiceProvider options={{ maxInFlight: 3 }}>
        <Consumer />
        <Consumer />
      </ApiServiceProvider>,
    );
    rerender(
      <ApiServiceProvider options={{ maxInFlight: 4 }}>
        <Consumer />
        <Consumer />
      </ApiServiceProvider>,
    );
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]?.options).toEqual({ maxInFlight: 3 });
    expect(ApiServiceClient.made).toHaveLength(1);
  });

  test("is not made for a tree that does not ask for it", () => {
    render(<ApiServiceProvider>nothing to fetch</ApiServiceProvider>);
    expect(ApiServiceClient.made).toHaveLength(0);
  });

  test("is closed on unmount", async () => {
    const { unmount } = render(
      <ApiServiceProvider>
        <Consumer />
      </ApiServiceProvider>,
    );
    unmount();
    await microtasks();
    expect(ApiServiceClient.open()).toHaveLength(0);
  });

  test("is still open while the components below clean up, which React does in a later task", async () => {
    const whenStarting: boolean[] = [];
    const whenCleaning: boolean[] = [];
    function Cleaning(): null {
      const client = useApiServiceClient() as unknown as ApiServiceClient;
      useEffect(() => {
        whenStarting.push(client.closed);
        return () => void whenCleaning.push(client.closed);
      }, [client]);
      return null;
    }
    // act() is avoided, since it would clean up in the same task.
    const root = createRoot(document.createElement("div"));
    root.render(
      <ApiServiceProvider>
        <Cleaning />
      </ApiServiceProvider>,
    );
    await vi.waitFor(() => expect(whenStarting).toEqual([false]));
    root.render(null);
    await vi.waitFor(() => expect(whenCleaning).toEqual([false]));
    await vi.waitFor(() => expect(ApiServiceClient.open()).toHaveLength(0));
  });

  test("is still open while they clean up in the same task", async () => {
    const whenCleaning: boolean[] = [];
    function Cleaning(): null {
      const client = useApiServiceClient() as unknown as ApiServiceClient;
      useLayoutEffect(() => () => void whenCleaning.push(client.closed), [client]);
      useEffect(() => () => void whenCleaning.push(client.closed), [client]);
      return null;
    }
    render(
      <ApiServiceProvider>
        <Cleaning />
      </ApiServiceProvider>,
    ).unmount();
    await microtasks();
    expect(whenCleaning).toEqual([false, false]);
    expect(ApiServiceClient.open()).toHaveLength(0);
  });

  test("starts over with another key", async () => {
    const { rerender } = render(
      <ApiServiceProvider key={1}>
        <Consumer />
      </ApiServiceProvider>,
    );
    rerender(
      <ApiServiceProvider key={2}>
        <Consumer />
      </ApiServiceProvider>,
    );
    await microtasks();
    expect(ApiServiceClient.made).toHaveLength(2);
    expect(ApiServiceClient.open()).toEqual([seen.at(-1)]);
  });

  test("survives StrictMode, which ends each effect once and starts it again", async () => {
    const inEffects: boolean[] = [];
    function InEffect(): null {
      const client = useApiServiceClient() as unknown as ApiServiceClient;
      useEffect(() => void inEffects.push(client.closed), [client]);
      return null;
    }
    const { unmount } = render(
      <StrictMode>
        <ApiServiceProvider>
          <InEffect />
        </ApiServiceProvider>
      </StrictMode>,
    );
    await microtasks();
    expect(inEffects).toEqual([false, false]);
    expect(ApiServiceClient.made).toHaveLength(1);
    expect(ApiServiceClient.open()).toHaveLength(1);
    unmount();
    await microtasks();
    expect(ApiServiceClient.open()).toHaveLength(0);
  });

  test("survives a tree that suspends after it was shown", async () => {
    let resolve = (): void => {};
    let ready: Promise<void> | null = null;
    function Suspending({ children }: { children: ReactNode }): ReactNode {
      if (ready !== null) throw ready;
      return children;
    }
    const tree = (): ReactNode => (
      <Suspense fallback="loading">
        <ApiServiceProvider>
          <Consumer />
          <Suspending>shown</Suspending>
        </ApiServiceProvider>
      </Suspense>
    );
    const { rerender, container } = render(tree());
    ready = new Promise<void>((done) => {
      resolve = done;
    });
    rerender(tree());
    await microtasks();
    expect(container.textContent).toContain("loading");
    expect(ApiServiceClient.open()).toHaveLength(1);
    ready = null;
    await act(async () => resolve());
    expect(new Set(seen).size).toBe(1);
    expect(ApiServiceClient.open()).toHaveLength(1);
  });
});

describe("a client of a render that was thrown away", () => {
  /** Renders a tree that suspends before its first commit, so that the client belongs to no tree. */
  async function discardRender(): Promise<ApiServiceClient> {
    const never = new Promise<void>(() => {});
    function Suspending(): never {
      throw never;
    }
    const { unmount } = render(
      <Suspense fallback="loading">
        <ApiServiceProvider>
          <Consumer />
          <Suspending />
        </ApiServiceProvider>
      </Suspense>,
    );
    await microtasks();
    unmount();
    const [client] = ApiServiceClient.made;
    if (client === undefined) throw new Error("no client was made");
    return client;
  }

  /** The garbage collector runs its callbacks in a task of its own, at any time. */
  const COLLECTED = { timeout: 10_000 };
  const collectGarbage = (): void => (globalThis as unknown as { gc(): void }).gc();

  test("is closed with the garbage", async () => {
    const client = await discardRender();
    expect(client.closed).toBe(false);
    await vi.waitFor(() => {
      collectGarbage();
      expect(client.closed).toBe(true);
    }, COLLECTED);
    expect(client.listeners).toBe(0);
  });

  test("is closed only when it has nothing left to do", async () => {
    const client = await discardRender();
    client.set({ queued: 1 });
    await vi.waitFor(() => {
      collectGarbage();
      expect(client.listeners).toBe(1);
    }, COLLECTED);
    client.set({ queued: 0, inFlight: 1 });
    expect(client.closed).toBe(false);
    client.set({ inFlight: 0 });
    expect(client.closed).toBe(true);
    expect(client.listeners).toBe(0);
  });
});

describe("without a provider", () => {
  test("useApiServiceClient throws an error that says what is missing", () => {
    expect(() => renderToString(<Consumer />)).toThrow(/no <ApiServiceProvider>/);
  });
});
