import type { ApiServiceClient, ApiServiceClientOptions } from "api-service-client";
import type { ReactElement, ReactNode } from "react";
import { createContext, useContext, useEffect, useInsertionEffect, useState } from "react";
import { OwnedClient } from "./owned-client.js";

export type ApiServiceProviderProps = { children?: ReactNode } & (
  | { client: ApiServiceClient }
  | {
      /** Read once, when the client is made. For a client with other options, give the provider another `key`. */
      options?: ApiServiceClientOptions;
    }
);

interface EitherProps {
  children?: ReactNode;
  client?: ApiServiceClient;
  options?: ApiServiceClientOptions;
}

const ClientContext = createContext<ApiServiceClient | OwnedClient | null>(null);

/**
 * Provides a client to the tree below: the given `client`, which its owner closes, or a client made from `options`, which
 * the provider closes when it is unmounted.
 *
 * @example
 * <ApiServiceProvider options={{ baseUrl: "https://api.example.com" }}>
 *   <App />
 *   <ThrottleNotice />
 * </ApiServiceProvider>
 */
export function ApiServiceProvider(props: ApiServiceProviderProps): ReactElement {
  const { client, options, children }: EitherProps = props;
  const [owned] = useState(() => new OwnedClient(options));
  // Lasts as long as the tree exists: a hidden <Activity> keeps its client.
  useInsertionEffect(() => owned.hold(), [owned]);
  // Ends after the effects of the tree below, which may use the client in their clean-up.
  useEffect(() => owned.hold(), [owned]);

  return <ClientContext.Provider value={client ?? owned}>{children}</ClientContext.Provider>;
}

/**
 * Returns the client of the nearest provider.
 *
 * @throws Error outside of a provider
 */
export function useApiServiceClient(): ApiServiceClient {
  const provided = useContext(ClientContext);
  if (provided === null) throw new Error("useApiServiceClient: no <ApiServiceProvider> above this component");
  return provided instanceof OwnedClient ? provided.client : provided;
}
