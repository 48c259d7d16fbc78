//! Understands what a server says.
