export { MockGateway, type MockGatewayStats } from "./testing/mock-gateway";
export type { MockGatewayOptions, MockGatewayPlan } from "./testing/options";
