import { act, cleanup } from "@testing-library/react";
import {
  ApiServiceProvider,
  ThrottleNotice,
  useApiServiceClient,
  useThrottleState,
} from "api-service-client/react";
import type { ReactElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ApiServiceClient, BUSY } from "./client-stand-in.js";

afterEach(cleanup);

function Status(): ReactElement {
  useApiServiceClient();
  return <output>{useThrottleState((state) => state.status)}</output>;
}

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
    const errors = vi.spyOn(console, "error").mockImplementation(() => {});
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
    const root = await act(async () => hydrateRoot(container, tree));
    expect(errors).not.toHaveBeenCalled();
    expect(container.textContent).toBe(`paused${BUSY}0:09`);
    act(() => root.unmount());
    errors.mockRestore();
  });
});
