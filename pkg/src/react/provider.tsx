import type { ApiServiceClient, ApiServiceClientOptions } from "api-service-client";
import type { ReactElement, ReactNode } from "react";
import { createContext, useContext, useEffect, useInsertionEffect, useState } from "react";
import { OwnedClient } from "./owned-client.js";

export type ApiServiceProviderProps = { children?: ReactNode } & (
  | { client: ApiServiceClient }
  | {
      /** Read once, when the client is made. To start over with others, give the provider another `key`. */
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
 * Gives a client to the tree below: an existing one, which stays its owner's to close, or one that it makes from
 * `options` and closes on unmount.
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
  // The first lasts for as long as the tree exists, hidden or not: an <Activity> that hides keeps its client.
  useInsertionEffect(() => owned.hold(), [owned]);
  // The second ends after those of the tree below, which may still use the client in their clean-up.
  useEffect(() => owned.hold(), [owned]);

  return <ClientContext.Provider value={client ?? owned}>{children}</ClientContext.Provider>;
}

/**
 * The client of the nearest provider.
 *
 * @throws Error outside of a provider.
 */
export function useApiServiceClient(): ApiServiceClient {
  const provided = useContext(ClientContext);
  if (provided === null) throw new Error("useApiServiceClient: no <ApiServiceProvider> above this component");
  return provided instanceof OwnedClient ? provided.client : provided;
}
