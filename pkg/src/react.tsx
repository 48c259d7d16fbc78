"use client";

export type { ApiServiceProviderProps } from "./react/provider.js";
export { ApiServiceProvider, useApiServiceClient } from "./react/provider.js";
export type { ThrottleNoticeContent, ThrottleNoticeProps } from "./react/throttle-notice.js";
export { ThrottleNotice } from "./react/throttle-notice.js";
export { useThrottleState } from "./react/throttle-state.js";
