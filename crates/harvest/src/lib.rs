//! Asks an archive for its records, page by page, with OAI-PMH 2.0
//! (<https://www.openarchives.org/OAI/openarchivesprotocol.html>), and goes on
//! where it was broken off.
//!
//! [`Harvest`] is the state: what is asked for and how far it is. It knows
//! nothing of networks; [`harvest()`] drives it with a [`Transport`], a
//! [`Clock`] and a [`Store`], all of which tests bring of their own. A page is
//! fetched whole, found complete, pushed into the store, and only then counted
//! as done; a store saves a harvest only after it has made its records last.
//! So a harvest that is killed reads a page twice at worst, and never misses
//! one. Nothing here prints, ends the process or reads the environment.

pub mod clock;
pub mod error;
pub mod fetch;
pub mod http;
pub mod request;
pub mod run;
pub mod state;
pub mod states;
pub mod transport;

pub use clock::{Clock, SystemClock};
pub use error::{HarvestError, PageError};
pub use fetch::{Patience, Wait, Why};
pub use http::{HttpOptions, HttpTransport};
pub use run::{End, Observer, Outcome, Plan, Store, harvest};
pub use state::{Harvest, Order};
pub use states::{StateError, States};
pub use transport::{MAX_BODY_BYTES, Response, Transport, TransportError};
