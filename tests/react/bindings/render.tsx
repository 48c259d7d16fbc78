import type { RenderResult } from "@testing-library/react";
import { render } from "@testing-library/react";
import { ApiServiceProvider } from "api-service-client/react";
import type { ReactNode } from "react";
import { ApiServiceClient } from "./client-stand-in.js";

/** Renders `children` below a provider with a client that the test controls. */
export function renderWithClient(
  children: ReactNode,
  client = new ApiServiceClient(),
): RenderResult & { client: ApiServiceClient } {
  const result = render(<ApiServiceProvider client={client as never}>{children}</ApiServiceProvider>);
  return { ...result, client };
}
