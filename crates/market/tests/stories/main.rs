//! The market's stories: shops that open, guests who buy and pay.

mod accounts;
mod buying;
mod complaints;
mod counter;
mod kit;
mod money;
mod notices;
mod paying;
mod payouts;
mod reviews;
mod rush;
mod sealed;
mod shop;
