import { useEffect, useRef, useState } from "react";

export interface Pause {
  readonly message: string;
  /** End of the pause, in epoch milliseconds; null without a known end. */
  readonly resumeAt: number | null;
}

/**
 * Returns the text to announce for a pause of at least `minPauseMs`; null without such a pause. The text stays the same
 * for the whole pause, even if the pause becomes longer: a live region speaks each time its text changes.
 *
 * The first render returns null: a live region is announced only if it was in the page before its text.
 */
export function useAnnouncement(pause: Pause | null, minPauseMs: number): string | null {
  const [text, setText] = useState<string | null>(null);
  const began = useRef<number | null>(null);

  useEffect(() => {
    if (pause === null) {
      began.current = null;
      setText(null);
      return;
    }
    began.current ??= Date.now();
    const lasts = (pause.resumeAt ?? Infinity) - began.current;
    if (lasts >= minPauseMs) setText((text) => text ?? pause.message);
  }, [pause, minPauseMs]);

  return pause && text;
}
