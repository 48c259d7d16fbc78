import { act, cleanup } from "@testing-library/react";
import {
  ApiServiceProvider,
  ThrottleNotice,
  useApiServiceClient,
  useThrottleState,
} from "api-service-client/react";
import type { ReactElement } from "react";
import { StrictMode, Suspense } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, test } from "vitest";
import { ApiServiceClient, BUSY } from "./client-stand-in.js";

afterEach(cleanup);

function Status(): ReactElement {
  useApiServiceClient();
  return <output>{useThrottleState((state) => state.status)}</output>;
}

/** React reports every repair of server-rendered markup. None may be necessary. */
const mended = (error: unknown): never => {
  throw error;
};

describe("rendered on a server", () => {
  test("the tree is there, and nothing is paused", () => {
    const html = renderToString(
      <ApiServiceProvider>
        <Status />
        <ThrottleNotice />
      </ApiServiceProvider>,
    );
    expect(html).toContain("<output>open</output>");
    expect(html).toContain('role="status"');
    expect(html).not.toContain(BUSY);
  });

  test("a pause that the page knows of does not disturb hydration, and is shown after it", async () => {
    const client = new ApiServiceClient();
    const tree = (
      <ApiServiceProvider client={client as never}>
        <Status />
        <ThrottleNotice />
      </ApiServiceProvider>
    );
    const container = document.createElement("div");
    container.innerHTML = renderToString(tree);
    client.pauseFor(9);
    const root = await act(async () => hydrateRoot(container, tree, { onRecoverableError: mended }));
    expect(container.textContent).toBe(`paused${BUSY}0:09`);
    act(() => root.unmount());
  });

  test("in StrictMode, a part that is not ready yet is hydrated in the middle of a pause", async () => {
    const client = new ApiServiceClient();
    let load = (): void => {};
    let loading: Promise<void> | null = null;
    function Late(): ReactElement {
      if (loading !== null) throw loading;
      return <Status />;
    }
    const tree = (
      <StrictMode>
        <ApiServiceProvider client={client as never}>
          <Suspense fallback="loading">
            <Late />
          </Suspense>
          <ThrottleNotice />
        </ApiServiceProvider>
      </StrictMode>
    );
    const container = document.createElement("div");
    container.innerHTML = renderToString(tree);
    loading = new Promise((resolve) => {
      load = resolve;
    });
    const root = await act(async () => hydrateRoot(container, tree, { onRecoverableError: mended }));
    act(() => client.pauseFor(9));
    expect(container.textContent).toBe(`open${BUSY}0:09`);
    loading = null;
    await act(async () => load());
    expect(container.textContent).toBe(`paused${BUSY}0:09`);
    act(() => root.unmount());
  });
});
