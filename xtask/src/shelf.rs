//! Two products of a shop of the demo, and the order that a guest makes of them.

use crate::Result;
use crate::http::Client;
use crate::people::owner;
use crate::program::Server;

/// Each order takes one of each.
const STOCK: usize = 100_000;
const PRICE: usize = 12_000;
/// A busy city asks guests to come again; a person does.
const TRIES_MAX: usize = 200;

/// The products, and where the guests live.
pub(crate) struct Shelf {
    pub(crate) home: String,
    pub(crate) goods: [String; 2],
    pub(crate) village: String,
    seller: String,
}

impl Shelf {
    /// Offers both in a city of the demo.
    pub(crate) fn open(demo: &Server) -> Result<Shelf> {
        let home = demo.home().to_owned();
        let mut owner = owner(&home)?;
        let mut offer = |name| offered(&mut owner, name, (PRICE, STOCK));
        let goods = [offer("Keripik tempe ukur")?, offer("Kopi ukur")?];
        let mut guest = Client::new(&home);
        put(&mut guest, &goods[0])?;
        let page = guest.get("/market/checkout")?.text();
        let villages = page.split("<option value=\"").skip(1);
        let mut villages = villages.filter_map(|rest| rest.split('"').next());
        let village = villages.find(|code| !code.is_empty()).ok_or("no village to choose")?;
        let page = guest.get(&format!("/market/checkout?village={village}"))?.text();
        let seller = hidden(&page, "seller").ok_or("no seller in the order")?;
        Ok(Shelf { home, goods, seller, village: village.to_owned() })
    }

    /// A guest orders one of each, to be paid like this: where they follow it.
    pub(crate) fn placed(
        &self,
        guest: &mut Client,
        number: usize,
        payment: &str,
    ) -> Result<String> {
        let mut form = vec![
            ("name", "Rini Rekaan".to_owned()),
            // A number of its own: one number orders only so often.
            ("phone", format!("0812{number:08}")),
            ("village", self.village.clone()),
            ("payment", payment.to_owned()),
            ("total", (PRICE * self.goods.len()).to_string()),
            ("seller", self.seller.clone()),
            ("way", "pickup".to_owned()),
        ];
        for product in &self.goods {
            form.push(("product", product.clone()));
            form.push(("variant", String::new()));
            form.push(("count", "1".to_owned()));
        }
        for _ in 0..TRIES_MAX {
            let answer = guest.post_form("/market/orders", &form)?;
            match (answer.status, answer.header("location")) {
                (303, Some(at)) => return Ok(at.to_owned()),
                (503, _) => {}
                (status, _) => return Err(format!("an order is answered with {status}")),
            }
        }
        Err(format!("the city was busy {TRIES_MAX} times"))
    }
}

/// Puts something on the shelf; gives the product's id.
pub(crate) fn offered(
    owner: &mut Client,
    name: &str,
    (price, stock): (usize, usize),
) -> Result<String> {
    let fields = [
        ("name", name),
        ("category", "makanan"),
        ("unit", "bungkus"),
        ("price", &price.to_string()),
        ("stock", &stock.to_string()),
        ("description", "Contoh yang direka."),
        ("offered", "1"),
    ];
    let answer = owner.post_form("/catalog/products", &fields)?;
    let place = answer.header("location").unwrap_or_default();
    let id = place.split(['/', '?', '#']).find(|part| part.len() == 26);
    id.map(String::from).ok_or(format!("the goods are not offered: {} {place}", answer.status))
}

/// Into the cart.
pub(crate) fn put(guest: &mut Client, product: &str) -> Result<()> {
    let answer = guest.post_form("/market/cart/lines", &[("product", product), ("count", "1")])?;
    if answer.status == 303 { Ok(()) } else { Err(format!("the cart says {}", answer.status)) }
}

fn hidden(page: &str, name: &str) -> Option<String> {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    Some(after.split('"').next()?.to_owned())
}
