//! The people of the demo, through its door.

use crate::Result;
use crate::http::Client;

/// How one of the demo's people enters.
struct Door {
    identifier: String,
    password: String,
}

impl Door {
    fn enter(&self, client: &mut Client) -> Result<()> {
        let fields = [("identifier", self.identifier.clone()), ("password", self.password.clone())];
        match client.post_form("/sign-in", &fields)?.status {
            303 => Ok(()),
            status => Err(format!("{} cannot enter: {status}", self.identifier)),
        }
    }
}

/// The first of the demo's people who may offer goods, through the door.
pub(crate) fn owner(home: &str) -> Result<Client> {
    let page = Client::new(home).get("/sign-in")?.text();
    for form in page.split("action=\"/sign-in\"").skip(1) {
        let value = |name: &str| {
            let after = form.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
            Some(after.split('"').next()?.to_string())
        };
        let Some((identifier, password)) = value("identifier").zip(value("password")) else {
            continue;
        };
        let (door, mut client) = (Door { identifier, password }, Client::new(home));
        let entered = door.enter(&mut client).is_ok(); // officers also need a code, which is no matter here
        if entered && client.get("/catalog/own/new")?.status == 200 {
            return Ok(client);
        }
    }
    Err("nobody in the demo may offer goods".into())
}
