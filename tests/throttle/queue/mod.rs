//! The order of the queue, deadlines and aborts.

mod abort;
mod deadline;
mod order;
mod ticket;
