import { ApiServiceProvider, ThrottleNotice } from "api-service-client/react";
import type { ReactElement } from "react";
import { useState } from "react";
import { Controls } from "./burst/controls.js";
import { Dots } from "./burst/dots.js";
import { Ledger } from "./burst/ledger.js";
import { Timeline } from "./burst/timeline.js";
import { ClientFigures } from "./client-figures.js";
import { resetGateway } from "./gateway/gateway.js";
import { GatewayFigures } from "./gateway/gateway-figures.js";
import { Status } from "./status.js";

/** The whole page. A restart replaces the session by a new client without requests. */
export function App({ gateway }: { gateway: string }): ReactElement {
  const [session, setSession] = useState(1);
  const [planned, setPlanned] = useState(260);
  const startOver = async (): Promise<void> => {
    await resetGateway(gateway);
    setSession((number) => number + 1);
  };
  return (
    <Session key={session} gateway={gateway} planned={planned} onPlan={setPlanned} onStartOver={startOver} />
  );
}

interface SessionProps {
  gateway: string;
  /** The number of requests in the next burst. */
  planned: number;
  onPlan: (count: number) => void;
  onStartOver: () => Promise<void>;
}

function Session({ gateway, planned, onPlan, onStartOver }: SessionProps): ReactElement {
  const [ledger] = useState(() => new Ledger());

  return (
    <ApiServiceProvider options={{ baseUrl: gateway, fetch: ledger.transport, maxQueue: 10_000 }}>
      <header className="masthead">
        <p className="wordmark">api-service-client</p>
        <Status gateway={gateway} />
      </header>
      <main>
        <section className="lead">
          <h1>Send more than the limit allows</h1>
          <p>
            At the first 429 the whole queue pauses, for as long as the gateway asks. Then one request probes,
            and the rest follow as fast as the limit permits. Every request succeeds.
          </p>
          <Controls ledger={ledger} planned={planned} onPlan={onPlan} onStartOver={onStartOver} />
        </section>
        <Dots ledger={ledger} planned={planned} />
        <ClientFigures ledger={ledger} gateway={gateway} />
        <Timeline ledger={ledger} />
        <GatewayFigures ledger={ledger} gateway={gateway} />
      </main>
      <ThrottleNotice className="notice" />
    </ApiServiceProvider>
  );
}
