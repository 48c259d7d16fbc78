import type { ThrottleStatus } from "api-service-client";
import { useThrottleState } from "api-service-client/react";
import type { ReactElement } from "react";

const NAMES: Record<ThrottleStatus, string> = {
  open: "Open",
  paused: "Paused",
  recovering: "Recovering",
  "quota-exceeded": "Quota exceeded",
  closed: "Closed",
};

export function Status({ gateway }: { gateway: string }): ReactElement {
  const status = useThrottleState((state) => state.status);
  return (
    <p className="status" data-status={status}>
      <span className="status-name">{NAMES[status]}</span>
      <span className="status-scope">{gateway}</span>
    </p>
  );
}
