//! The rules, each broken by a small change of the real template.

mod access_log;
mod alarms;
mod deployment;
mod document;
mod firewall;
mod gateway_responses;
mod keys;
mod malformed;
mod meant;
mod methods;
mod metric_filters;
mod mock_gateway;
mod patch;
mod program;
mod rules;
mod stage;
mod usage_plan;
