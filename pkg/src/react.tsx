"use client";

export { ApiServiceProvider, useApiServiceClient } from "./react/provider.js";
export type { ApiServiceProviderProps } from "./react/provider.js";
export { ThrottleNotice } from "./react/throttle-notice.js";
export type { ThrottleNoticeContent, ThrottleNoticeProps } from "./react/throttle-notice.js";
export { useThrottleState } from "./react/throttle-state.js";
