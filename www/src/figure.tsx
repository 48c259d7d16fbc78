import type { ReactElement } from "react";

export type Tone = "waiting" | "refused" | "sent" | "done" | "failed";

interface FigureProps {
  label: string;
  /** Undefined shows a dash. */
  value: number | string | undefined;
  tone?: Tone;
  /** Takes a row of its own. */
  wide?: boolean;
}

/** A number with its label. */
export function Figure({ label, value, tone, wide = false }: FigureProps): ReactElement {
  return (
    <div className={wide ? "figure wide" : "figure"}>
      <dt>
        {tone && <span className={`dot ${tone}`} aria-hidden="true" />}
        {label}
      </dt>
      <dd>{typeof value === "number" ? value.toLocaleString("en") : (value ?? "–")}</dd>
    </div>
  );
}
