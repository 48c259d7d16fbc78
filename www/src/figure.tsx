import type { ReactElement } from "react";

export type Tone = "waiting" | "refused" | "sent" | "done" | "failed";

/** A number and what it counts; a dash while it is not known. */
export function Figure({
  label,
  value,
  tone,
}: {
  label: string;
  value: number | string | undefined;
  tone?: Tone;
}): ReactElement {
  return (
    <div className="figure">
      <dt>
        {tone && <span className={`dot ${tone}`} aria-hidden="true" />}
        {label}
      </dt>
      <dd>{typeof value === "number" ? value.toLocaleString("en") : (value ?? "–")}</dd>
    </div>
  );
}
