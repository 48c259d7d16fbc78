import type { ThrottleState } from "api-service-client";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { useApiServiceClient } from "./provider.js";
import { sameData } from "./same-data.js";

/** What a server renders, and what the page therefore hydrates with: nothing has been sent yet. */
const NOTHING_SENT: ThrottleState = {
  status: "open",
  resumeAt: null,
  queued: 0,
  inFlight: 0,
  message: null,
  scopes: {},
};

/**
 * The client's state, or the part of it that `select` picks. Renders again only when that part changes; a part that is
 * made anew each time (`(s) => ({ queued: s.queued })`) changes when its content does.
 *
 * @example
 * const queued = useThrottleState((state) => state.queued);
 */
export function useThrottleState(): ThrottleState;
export function useThrottleState<T>(select: (state: ThrottleState) => T): T;
export function useThrottleState(select: Select = whole): unknown {
  const client = useApiServiceClient();
  // An inline `select` is another function in each render. What was rendered last outlives it, so that equal content
  // keeps its identity.
  const rendered = useRef<unknown>(undefined);
  const [getPart, getServerPart] = useMemo(
    () => [
      selection(client.getState, select, rendered.current),
      selection(() => NOTHING_SENT, select, rendered.current),
    ],
    [client, select],
  );

  const part = useSyncExternalStore(client.subscribe, getPart, getServerPart);
  useEffect(() => {
    rendered.current = part;
  });
  return part;
}

type Select = (state: ThrottleState) => unknown;

const whole: Select = (state) => state;

/** The selected part of the current state: the same value, from `part` on, until its content changes. */
function selection(getState: () => ThrottleState, select: Select, part: unknown): () => unknown {
  let selectedFrom: ThrottleState | undefined;
  return () => {
    const state = getState();
    if (state !== selectedFrom) {
      const selected = select(state);
      if (!sameData(part, selected)) part = selected;
      selectedFrom = state;
    }
    return part;
  };
}
