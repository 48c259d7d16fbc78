/**
 * The gateway's address: `?gateway=` of the page, else VITE_GATEWAY of the build, else the mock gateway's
 * default.
 */
export function gatewayUrl(): string {
  const asked = new URLSearchParams(location.search).get("gateway");
  const url = asked ?? import.meta.env.VITE_GATEWAY ?? "http://127.0.0.1:8787";
  return new URL(url).origin;
}

/** The counts of the mock gateway since its last reset. */
export interface GatewayStats {
  admitted: number;
  throttled: number;
  /** Requests that the backend received. */
  backend: number;
}

export async function readStats(gateway: string, signal: AbortSignal): Promise<GatewayStats> {
  const response = await fetch(`${gateway}/__gateway/stats`, { signal });
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  return response.json();
}

/** Refills the token bucket and clears every count. A gateway that is down or real has no such function. */
export async function resetGateway(gateway: string): Promise<void> {
  await fetch(`${gateway}/__gateway/reset`, { method: "POST" }).catch(() => {});
}
