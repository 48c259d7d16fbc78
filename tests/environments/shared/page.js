/** The parameters in the page's address: the API to call, and the realm. */
export const asked = Object.fromEntries(new URLSearchParams(location.search));
