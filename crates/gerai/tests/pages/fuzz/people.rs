//! Who asks: a guest, somebody with a token that opens nothing, and a program of each role.

use crate::demo::Demo;
use crate::visit::Visitor;
use crate::wire;

/// Somebody with or without a token.
pub(crate) struct Caller {
    pub(crate) role: String,
    /// The whole header.
    pub(crate) bearer: Option<String>,
}

/// A guest, a liar, and one program for each login of the demo with all that its maker may.
pub(crate) fn callers(demo: &Demo) -> Vec<Caller> {
    let guest = Caller { role: "guest".to_owned(), bearer: None };
    let wrong = Some("Bearer gerai_nothing".to_owned());
    let mut callers = vec![guest, Caller { role: "liar".to_owned(), bearer: wrong }];
    for login in &demo.logins {
        let mut person = Visitor::new(demo, &login.role, "id");
        person.signs_in(login);
        let session = demo.sessions.borrow()[&login.role].clone();
        let bearer = Some(format!("Bearer {}", token(&demo.host, &session)));
        callers.push(Caller { role: login.role.clone(), bearer });
    }
    callers
}

/// Makes a token with every permission that is offered, as a person does.
fn token(host: &str, session: &str) -> String {
    let page = wire::ask(host, "/account/tokens", session, None);
    let mut form = vec![("name", "Program penguji"), ("days", "1")];
    let ticks = page.body.split("name=\"permission\"").skip(1);
    let values = ticks.filter_map(|tick| tick.split("value=\"").nth(1)?.split('"').next());
    form.extend(values.map(|value| ("permission", value)));
    let made = wire::ask(host, "/account/tokens", session, Some(&form));
    let start = made.body.find("gerai_").unwrap_or_else(|| panic!("no token: {}", made.body));
    let fits = |c: &char| c.is_ascii_alphanumeric() || "-_".contains(*c);
    made.body[start..].chars().take_while(fits).collect()
}
