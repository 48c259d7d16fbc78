import { useCallback, useSyncExternalStore } from "react";

/** Whole seconds until `until` (epoch milliseconds), rounded up, never negative; null without an end. */
export function useSecondsLeft(until: number | null): number | null {
  const eachSecond = useCallback(
    (changed: () => void) => {
      if (until === null) return () => {};
      let timer: ReturnType<typeof setTimeout>;
      const wait = (): void => {
        const left = until - Date.now();
        // To the next change of the number, so that none is skipped and none stands longer than the others.
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

/** The clocks of server and page differ; hydration must not. */
const noServerTime = (): null => null;
