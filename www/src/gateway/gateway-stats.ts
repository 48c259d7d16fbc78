import { useEffect, useState } from "react";
import type { GatewayStats } from "./gateway.js";
import { readStats } from "./gateway.js";

const BUSY_MS = 500;
const IDLE_MS = 5_000;

/** The gateway's counts, polled twice a second while `busy`; "unreachable" without an answer. */
export function useGatewayStats(gateway: string, busy: boolean): GatewayStats | "unreachable" | null {
  const [stats, setStats] = useState<GatewayStats | "unreachable" | null>(null);

  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      if (!document.hidden) {
        const answer = await readStats(gateway, ended.signal).catch(() => "unreachable" as const);
        if (ended.signal.aborted) return;
        setStats(answer);
      }
      timer = setTimeout(ask, busy ? BUSY_MS : IDLE_MS);
    };
    void ask();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [gateway, busy]);

  return stats;
}
