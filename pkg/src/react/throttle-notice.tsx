import type { ThrottleState } from "api-service-client";
import type { CSSProperties, ReactElement, ReactNode } from "react";
import { useAnnouncement } from "./announcement.js";
import { useSecondsLeft } from "./seconds-left.js";
import { useThrottleState } from "./throttle-state.js";

export interface ThrottleNoticeProps {
  /** Replaces the default style. */
  className?: string;
  /**
   * Shortest pause that is shown, in milliseconds.
   *
   * @defaultValue 1_000
   */
  minPauseMs?: number;
  /** Renders the notice in another way. The message is announced nevertheless, once for each pause. */
  children?: (notice: ThrottleNoticeContent) => ReactNode;
}

export interface ThrottleNoticeContent {
  message: string;
  /** Whole seconds until the end of the pause; null if it has no known end. */
  secondsLeft: number | null;
  queued: number;
}

/**
 * The notification of a pause. It appears once for each pause and disappears when the pause is over. It takes no focus,
 * moves nothing, and covers only its own area.
 *
 * The message is in a polite live region. The countdown is outside of it, so that a screen reader does not read it out.
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

/** Formats a duration in digits, for any language: 9 is 0:09, 75 is 1:15. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Out of the flow: in a grid or a flexbox, an empty item would leave a gap. */
const absent: CSSProperties = { position: "absolute" };

const heardOnly: CSSProperties = {
  position: "absolute",
  width: 1,
  height: 1,
  overflow: "hidden",
  clipPath: "inset(50%)",
  whiteSpace: "nowrap",
};

/** System colours, for light, dark and high-contrast pages. No animation, so no case for reduced motion. */
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
