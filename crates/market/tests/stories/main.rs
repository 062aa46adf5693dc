//! The market's stories: shops that open, guests who buy.

mod buying;
mod kit;
mod shop;
