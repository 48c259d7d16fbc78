import type { ReactElement } from "react";
import type { Ledger } from "../burst/ledger.js";
import { useProgress } from "../burst/ledger.js";
import { Figure } from "../figure.js";
import { useGatewayStats } from "./gateway-stats.js";

/** The gateway's figures for the same requests. */
export function GatewayFigures({ ledger, gateway }: { ledger: Ledger; gateway: string }): ReactElement {
  const { waiting, onTheWire } = useProgress(ledger);
  const stats = useGatewayStats(gateway, waiting + onTheWire > 0);
  const known = stats === "unreachable" ? null : stats;

  return (
    <section className="card account" aria-labelledby="gateway-figures">
      <h2 id="gateway-figures">Counted by the gateway</h2>
      <dl className="figures">
        <Figure label="Admitted" value={known?.admitted} tone="done" />
        <Figure label="Throttled" value={known?.throttled} tone="refused" />
        <Figure label="Backend" value={known?.backend} />
      </dl>
      <p className="footnote">
        {stats === "unreachable" ? (
          <>
            No mock gateway answers at <code>{gateway}</code>. Start one with <code>cargo xtask demo</code>.
          </>
        ) : (
          "A throttled request never reaches the backend, so it is safe to send it again."
        )}
      </p>
    </section>
  );
}
