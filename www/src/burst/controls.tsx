import { useApiServiceClient, useThrottleState } from "api-service-client/react";
import type { FormEvent, ReactElement } from "react";
import { useId, useState } from "react";
import type { Ledger } from "./ledger.js";

const MOST = 2_000;

interface ControlsProps {
  ledger: Ledger;
  planned: number;
  onPlan: (count: number) => void;
  onStartOver: () => Promise<void>;
}

export function Controls({ ledger, planned, onPlan, onStartOver }: ControlsProps): ReactElement {
  const client = useApiServiceClient();
  const paused = useThrottleState((state) => state.status === "paused");
  const [written, setWritten] = useState(String(planned));
  const id = useId();

  const send = (event: FormEvent): void => {
    event.preventDefault();
    ledger.send(planned, client.fetch);
  };
  const write = (text: string): void => {
    setWritten(text);
    const count = Math.trunc(Number(text));
    if (count >= 1 && count <= MOST) onPlan(count);
  };

  return (
    <form className="controls" onSubmit={send}>
      <label htmlFor={id}>Requests</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={1}
        max={MOST}
        step={1}
        required
        value={written}
        onChange={(event) => write(event.target.value)}
      />
      <button type="submit" className="primary">
        Send
      </button>
      <button type="button" onClick={() => (paused ? client.resume() : client.pause())}>
        {paused ? "Resume" : "Pause"}
      </button>
      <button type="button" onClick={() => void onStartOver()}>
        Start over
      </button>
    </form>
  );
}
