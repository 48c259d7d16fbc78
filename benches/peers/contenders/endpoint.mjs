export const ORIGIN = "https://api.example.com";
export const ENDPOINT = `${ORIGIN}/items`;

/** Rejects unless the backend has answered. */
export async function served(promise) {
  const response = await promise;
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}
