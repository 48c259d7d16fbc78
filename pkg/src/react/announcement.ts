import { useEffect, useRef, useState } from "react";

export interface Pause {
  readonly message: string;
  /** Epoch milliseconds; null without an end. */
  readonly resumeAt: number | null;
}

/**
 * The words to announce for a pause that lasts `minPauseMs` or longer; null while there is none. They stay the same
 * for the whole pause, even if it becomes longer: a live region speaks each time its words change.
 *
 * Never set in the first render: a region is announced only if it was in the page before its words.
 */
export function useAnnouncement(pause: Pause | null, minPauseMs: number): string | null {
  const [words, setWords] = useState<string | null>(null);
  const began = useRef<number | null>(null);

  useEffect(() => {
    if (pause === null) {
      began.current = null;
      setWords(null);
      return;
    }
    began.current ??= Date.now();
    const lasts = (pause.resumeAt ?? Infinity) - began.current;
    if (lasts >= minPauseMs) setWords((words) => words ?? pause.message);
  }, [pause, minPauseMs]);

  return pause && words;
}
