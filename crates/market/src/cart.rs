//! A guest's cart: a short text that their browser keeps. The city stores nothing of a guest before they
//! order, and a cart survives without network.

use base::Id;
use catalog::ProductId;

use crate::quote::{COUNT_MAX, LINES_MAX, Want};

/// The cookie it lies in.
pub(crate) const COOKIE: &str = "cart";

/// What is in a cart. A variant is kept by its hash: names may hold any sign, cookies may not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cart(Vec<Item>);

/// A thing in the cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) product: ProductId,
    pub(crate) count: i64,
    /// Eight hex digits, or empty.
    pub(crate) variant: String,
}

impl Cart {
    /// What a browser kept; what cannot be read is left out.
    pub(crate) fn read(text: &str) -> Cart {
        let items = text.split('~').filter_map(Item::read);
        items.take(LINES_MAX).fold(Cart::default(), |mut cart, item| {
            cart.put(item);
            cart
        })
    }

    /// As the browser keeps it: `01kk….2.~01km….1.9f2c11ab`.
    pub(crate) fn text(&self) -> String {
        let items = self.0.iter().map(|item| {
            let Item { product, count, variant } = item;
            format!("{product}.{count}.{variant}")
        });
        items.collect::<Vec<_>>().join("~")
    }

    /// Puts more of something in. Whether there is room.
    pub(crate) fn put(&mut self, item: Item) -> bool {
        match self.find(&item.product, &item.variant) {
            Some(at) => {
                self.0[at].count = (self.0[at].count + item.count).min(COUNT_MAX);
                true
            }
            None if self.0.len() < LINES_MAX => {
                self.0.push(item);
                true
            }
            None => false,
        }
    }

    /// Sets how many; none takes it out.
    pub(crate) fn set(&mut self, product: &ProductId, variant: &str, count: i64) {
        let Some(at) = self.find(product, variant) else { return };
        if count <= 0 {
            self.0.remove(at);
        } else {
            self.0[at].count = count.min(COUNT_MAX);
        }
    }

    fn find(&self, product: &ProductId, variant: &str) -> Option<usize> {
        self.0.iter().position(|item| item.product == *product && item.variant == variant)
    }

    pub(crate) fn items(&self) -> &[Item] {
        &self.0
    }
}

impl Item {
    fn read(text: &str) -> Option<Item> {
        let mut parts = text.split('.');
        let (product, count, variant) = (parts.next()?, parts.next()?, parts.next()?);
        let count: i64 = count.parse().ok()?;
        let plain =
            variant.len() <= VARIANT_CHARS && variant.chars().all(|c| c.is_ascii_hexdigit());
        let good = parts.next().is_none() && (1..=COUNT_MAX).contains(&count) && plain;
        let product = Id::parse(product).filter(|_| good)?;
        Some(Item { product, count, variant: variant.to_owned() })
    }

    /// What it asks for, among the choices that the product has now.
    pub(crate) fn want(&self, variants: &[String]) -> Want {
        let chosen = variants.iter().find(|name| variant_code(name) == self.variant);
        let variant = chosen.cloned().unwrap_or_default();
        Want { product: self.product.clone(), count: self.count, variant }
    }
}

const VARIANT_CHARS: usize = 8;

/// What a cart keeps of a variant's name.
pub(crate) fn variant_code(name: &str) -> String {
    if name.is_empty() {
        return String::new();
    }
    base::keyring::hash_token(name)[..VARIANT_CHARS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPE: &str = "01kkg5n2000000000000000001";
    const TAHU: &str = "01kkg5n2000000000000000002";

    fn id(text: &str) -> ProductId {
        Id::parse(text).unwrap()
    }

    #[test]
    fn a_cart_is_read_back_from_its_text() {
        let text = format!("{TEMPE}.2.~{TAHU}.1.{}", variant_code("Pedas"));
        let mut cart = Cart::read(&text);
        assert_eq!(cart.text(), text);
        cart.put(Item { product: id(TEMPE), count: 3, variant: String::new() });
        cart.set(&id(TAHU), &variant_code("Pedas"), 0);
        assert_eq!(cart.text(), format!("{TEMPE}.5."));
        let choices = ["Asin".to_owned(), "Pedas".to_owned()];
        assert_eq!(Cart::read(&text).items()[1].want(&choices).variant, "Pedas");
    }

    #[test]
    fn what_is_no_cart_is_an_empty_one() {
        for text in ["", "~~", "abc", "x.1.", &format!("{TEMPE}.0."), &format!("{TEMPE}.1.zz")] {
            assert_eq!(Cart::read(text), Cart::default(), "{text}");
        }
        let many: Vec<String> =
            (0..60).map(|n| format!("01kkg5n20000000000000000{n:02}.1.")).collect();
        assert_eq!(Cart::read(&many.join("~")).items().len(), LINES_MAX);
    }
}
