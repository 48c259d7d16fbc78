import { act, cleanup } from "@testing-library/react";
import type { ScopeState, ThrottleState } from "api-service-client";
import { useThrottleState } from "api-service-client/react";
import { StrictMode, useState } from "react";
import { afterEach, describe, expect, test } from "vitest";
import { renderWithClient } from "./render.js";

afterEach(cleanup);

/** Renders the selected part of the state, and records each rendered value. */
function probe<T>(select: (state: ThrottleState) => T) {
  const parts: unknown[] = [];
  function Part(): string {
    const part = useThrottleState((state) => select(state));
    parts.push(part);
    return JSON.stringify(part);
  }
  return { Part, parts };
}

describe("useThrottleState()", () => {
  test("returns the client's state itself", () => {
    const parts: unknown[] = [];
    function Whole(): null {
      parts.push(useThrottleState());
      return null;
    }
    const { client } = renderWithClient(<Whole />);
    expect(parts.at(-1)).toBe(client.getState());
    act(() => client.set({ queued: 2 }));
    expect(parts.at(-1)).toBe(client.getState());
  });

  test("stops listening on unmount", () => {
    const { Part } = probe((state) => state.status);
    const { client, unmount } = renderWithClient(<Part />);
    expect(client.listeners).toBe(1);
    unmount();
    expect(client.listeners).toBe(0);
  });
});

describe("useThrottleState(select)", () => {
  test("renders again when the selected part changes", () => {
    const { Part, parts } = probe((state) => state.queued);
    const { client } = renderWithClient(<Part />);
    act(() => client.set({ queued: 1 }));
    expect(parts).toEqual([0, 1]);
  });

  test("does not render again when something else changes", () => {
    const { Part, parts } = probe((state) => state.queued);
    const { client } = renderWithClient(<Part />);
    act(() => client.set({ inFlight: 7 }));
    expect(parts).toEqual([0]);
  });

  test("a selector that makes a new object each time renders again only when its content changes", () => {
    const { Part, parts } = probe((state) => ({ queued: state.queued, scopes: Object.keys(state.scopes) }));
    const { client } = renderWithClient(<Part />);
    act(() => client.set({ inFlight: 1 }));
    expect(parts).toHaveLength(1);
    act(() => client.set({ queued: 1 }));
    expect(parts).toEqual([
      { queued: 0, scopes: [] },
      { queued: 1, scopes: [] },
    ]);
  });

  test("a selector that makes what cannot be compared does not loop", () => {
    const { Part, parts } = probe((state) => new Map([["queued", state.queued]]));
    const { client } = renderWithClient(
      <StrictMode>
        <Part />
      </StrictMode>,
    );
    act(() => client.set({ queued: 1 }));
    expect(parts.at(-1)).toEqual(new Map([["queued", 1]]));
  });

  test("equal content keeps its identity over the renders of the component itself", () => {
    const parts: unknown[] = [];
    let renderAgain = (): void => {};
    function Part(): null {
      const [, set] = useState(0);
      renderAgain = () => set((n) => n + 1);
      parts.push(useThrottleState((state) => [state.queued]));
      return null;
    }
    renderWithClient(<Part />);
    act(() => renderAgain());
    expect(parts).toHaveLength(2);
    expect(parts[1]).toBe(parts[0]);
  });

  test("uses the selector of the latest render", () => {
    const parts: unknown[] = [];
    let choose = (_: "queued" | "inFlight"): void => {};
    function Part(): null {
      const [name, setName] = useState<"queued" | "inFlight">("queued");
      choose = setName;
      parts.push(useThrottleState((state) => state[name]));
      return null;
    }
    const { client } = renderWithClient(<Part />);
    act(() => client.set({ queued: 1, inFlight: 2 }));
    act(() => choose("inFlight"));
    expect(parts).toEqual([0, 1, 2]);
  });

  test("may read a scope that a server does not have yet", () => {
    const { Part, parts } = probe((state) => (state.scopes["https://api.example.com"] as ScopeState).rate);
    const { client } = renderWithClient(null);
    const scope = {
      status: "open",
      resumeAt: null,
      queued: 0,
      inFlight: 0,
      rate: 5,
      sent: 1,
      throttled: 0,
    } as const;
    client.set({ scopes: { "https://api.example.com": scope } });
    renderWithClient(<Part />, client);
    expect(parts).toEqual([5]);
  });
});
