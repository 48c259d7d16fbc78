/** What the address of the page asks for: which API to call, and in which realm. */
export const asked = Object.fromEntries(new URLSearchParams(location.search));
