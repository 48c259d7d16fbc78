import type { ThrottleState } from "api-service-client";
import type { CSSProperties, ReactElement, ReactNode } from "react";
import { useAnnouncement } from "./announcement.js";
import { useSecondsLeft } from "./seconds-left.js";
import { useThrottleState } from "./throttle-state.js";

export interface ThrottleNoticeProps {
  /** Replaces the default style. */
  className?: string;
  /** Pauses shorter than this are not shown. Default 1_000 ms. */
  minPauseMs?: number;
  /** Renders it differently. The message is announced all the same, once for each pause. */
  children?: (notice: ThrottleNoticeContent) => ReactNode;
}

export interface ThrottleNoticeContent {
  message: string;
  /** null while the pause has no known end. */
  secondsLeft: number | null;
  queued: number;
}

/**
 * The non-intrusive notification: appears while calls are paused, once for each pause, and is gone when calls flow
 * again. It takes no focus, moves nothing, and covers nothing but its own words.
 *
 * The message stands in a polite live region; the countdown stands outside of it, so that no screen reader counts along.
 */
export function ThrottleNotice({
  className,
  minPauseMs = 1_000,
  children,
}: ThrottleNoticeProps): ReactElement {
  const pause = useThrottleState(selectPause);
  const message = useAnnouncement(pause, minPauseMs);
  const shown = pause !== null && message !== null;
  const secondsLeft = useSecondsLeft(shown ? pause.resumeAt : null);

  return (
    <div
      className={shown ? className : undefined}
      style={shown ? (className === undefined ? toast : undefined) : absent}
    >
      <div role="status" aria-live="polite" style={children && heardOnly}>
        {message}
      </div>
      {shown &&
        (children
          ? children({ message, secondsLeft, queued: pause.queued })
          : secondsLeft !== null && <span aria-hidden="true">{clock(secondsLeft)}</span>)}
    </div>
  );
}

function selectPause({ message, resumeAt, queued }: ThrottleState) {
  return message === null ? null : { message, resumeAt, queued };
}

/** Figures only, since the words around them may be of any language: 9 → 0:09, 75 → 1:15. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Empty, and out of the flow: an item of a grid or a flexbox would leave a gap. */
const absent: CSSProperties = { position: "absolute" };

const heardOnly: CSSProperties = {
  position: "absolute",
  width: 1,
  height: 1,
  overflow: "hidden",
  clipPath: "inset(50%)",
  whiteSpace: "nowrap",
};

/** System colours: right in a light, a dark and a high-contrast page. Nothing moves, so nothing has to hold still. */
const toast: CSSProperties = {
  position: "fixed",
  zIndex: 1_000,
  inset: "auto 1rem 1rem",
  width: "fit-content",
  margin: "auto",
  padding: "0.75rem 1rem",
  display: "flex",
  gap: "1rem",
  border: "1px solid",
  borderRadius: "0.5rem",
  background: "Canvas",
  color: "CanvasText",
  fontVariantNumeric: "tabular-nums",
};
