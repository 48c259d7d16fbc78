import { useThrottleState } from "api-service-client/react";
import type { ReactElement } from "react";
import type { Ledger } from "./burst/ledger.js";
import { useProgress } from "./burst/ledger.js";
import { Figure } from "./figure.js";

/** The client's figures: its state, and the progress of the calls. */
export function ClientFigures({ ledger, gateway }: { ledger: Ledger; gateway: string }): ReactElement {
  const { queued, inFlight } = useThrottleState(({ queued, inFlight }) => ({ queued, inFlight }));
  const scope = useThrottleState((state) => state.scopes[gateway]);
  const { done, failed } = useProgress(ledger);

  return (
    <section className="card account" aria-labelledby="client-figures">
      <h2 id="client-figures">Counted by the client</h2>
      <dl className="figures">
        <Figure label="Waiting" value={queued} tone="waiting" />
        <Figure label="In flight" value={inFlight} tone="sent" />
        <Figure label="Done" value={done} tone="done" />
        <Figure label="Failed" value={failed} tone="failed" />
        <Figure label="Sent" value={scope?.sent ?? 0} />
        <Figure label="Throttled" value={scope?.throttled ?? 0} tone="refused" />
        <Figure label="Pace" value={formatRate(scope?.rate ?? null)} wide />
      </dl>
    </section>
  );
}

/** Formats a rate in the unit of a usage plan of that size; undefined before the first limit is met. */
function formatRate(perSecond: number | null): string | undefined {
  if (perSecond === null) return undefined;
  return perSecond < 5 ? `${Math.round(perSecond * 60)} per minute` : `${perSecond.toFixed(1)} per second`;
}
