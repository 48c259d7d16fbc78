/** `?gateway=` of the address, else VITE_GATEWAY of the build, else where the mock gateway listens by default. */
export function gatewayUrl(): string {
  const asked = new URLSearchParams(location.search).get("gateway");
  const url = asked ?? import.meta.env.VITE_GATEWAY ?? "http://127.0.0.1:8787";
  return new URL(url).origin;
}

/** What the mock gateway itself counts, since its last reset. */
export interface GatewayStats {
  admitted: number;
  throttled: number;
  /** Requests that its backend received. */
  backend: number;
}

export async function readStats(gateway: string, signal: AbortSignal): Promise<GatewayStats> {
  const response = await fetch(`${gateway}/__gateway/stats`, { signal });
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  return response.json();
}

/** A full token bucket, and every count at zero. A gateway that is down, or is a real one, has none to reset. */
export async function resetGateway(gateway: string): Promise<void> {
  await fetch(`${gateway}/__gateway/reset`, { method: "POST" }).catch(() => {});
}
