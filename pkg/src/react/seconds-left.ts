import { useCallback, useSyncExternalStore } from "react";

/** Returns the whole seconds until `until` (epoch milliseconds), rounded up and at least 0; null if `until` is null. */
export function useSecondsLeft(until: number | null): number | null {
  const eachSecond = useCallback(
    (changed: () => void) => {
      if (until === null) return () => {};
      let timer: ReturnType<typeof setTimeout>;
      const wait = (): void => {
        const left = until - Date.now();
        // Until the number changes next, so that each number is shown for the same time.
        if (left > 0) timer = setTimeout(tick, left % 1_000 || 1_000);
      };
      const tick = (): void => {
        changed();
        wait();
      };
      wait();
      return () => clearTimeout(timer);
    },
    [until],
  );
  return useSyncExternalStore(eachSecond, () => secondsUntil(until), noServerTime);
}

function secondsUntil(until: number | null): number | null {
  return until === null ? null : Math.max(0, Math.ceil((until - Date.now()) / 1_000));
}

/** Null on the server: its clock differs from the page's, and hydration needs equal results. */
const noServerTime = (): null => null;
