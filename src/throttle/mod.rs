//! Decides when to send.
