import type { ThrottleState } from "api-service-client";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { useApiServiceClient } from "./provider.js";
import { sameData } from "./same-data.js";

/** The state that a server renders and a page hydrates with: nothing has been sent. */
const NOTHING_SENT: ThrottleState = {
  status: "open",
  resumeAt: null,
  queued: 0,
  inFlight: 0,
  message: null,
  scopes: {},
};

/**
 * Returns the client's state, or the part of it that `select` returns. The component renders again only when that part
 * changes. A new object (`(s) => ({ queued: s.queued })`) counts as a change only if its content differs.
 *
 * @example
 * const queued = useThrottleState((state) => state.queued);
 */
export function useThrottleState(): ThrottleState;
export function useThrottleState<T>(select: (state: ThrottleState) => T): T;
export function useThrottleState(select: Select = whole): unknown {
  const client = useApiServiceClient();
  // An inline `select` is a new function in each render. The part rendered last outlives it, so that equal content keeps
  // its identity.
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

/** Returns a function that selects from the current state: the same value, starting with `part`, until its content changes. */
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
