//! `cargo xtask bench`: each budget of the house beside its measurement and, where there is one, the
//! limit taken in the same run. A ratio on one machine says more than a number alone.

mod bulk;
mod figure;
mod goods;
mod guests;
mod last;
mod life;
mod orders;
mod pages;
mod search;

use std::path::PathBuf;

use figure::Figure;

use crate::build::{self, Profile};
use crate::place::{Place, ask};
use crate::{Result, chosen, only_known, option};

/// What the measurements share: the workspace and the program, built once for release.
struct Bench {
    place: Place,
    program: PathBuf,
}

/// One measurement; it may give several figures.
struct Item {
    name: &'static str,
    measure: fn(&Bench) -> Result<Vec<Figure>>,
}

const ITEMS: &[Item] = &[
    Item { name: "orders", measure: orders::measure },
    Item { name: "import", measure: bulk::measure },
    Item { name: "pages", measure: pages::measure },
    Item { name: "search", measure: search::measure },
    Item { name: "life", measure: life::measure },
    Item { name: "last", measure: last::measure },
    Item { name: "guests", measure: guests::measure },
    Item { name: "shelf", measure: pages::shelf },
];

/// Measures what was chosen; `true` when every budget is met.
pub(crate) fn run(arguments: &[String]) -> Result<bool> {
    only_known(arguments, &["--only", "--json", "--program"], &[])?;
    let names: Vec<&str> = ITEMS.iter().map(|item| item.name).collect();
    let chosen = chosen(arguments, &names)?;
    let place = Place::find()?;
    let given = option(arguments, "--program")?;
    let program = match given {
        Some(path) => path.into(),
        None => build::gerai(&place, Profile::Release)?,
    };
    let built = given.map_or("release build".to_string(), |path| format!("{path} as it was built"));
    let bench = Bench { place, program };
    println!("{}\n{}", conditions(&built), Figure::HEAD);
    let mut figures = Vec::new();
    for item in ITEMS.iter().filter(|item| chosen.contains(&item.name)) {
        match (item.measure)(&bench) {
            Ok(found) => {
                found.iter().for_each(|figure| println!("{}", figure.line()));
                figures.extend(found);
            }
            Err(message) => {
                println!("{}: {message}", item.name);
                figures.push(Figure::missing(item.name));
            }
        }
    }
    if let Some(path) = option(arguments, "--json")? {
        let list: Vec<serde_json::Value> = figures.iter().map(Figure::json).collect();
        let text = serde_json::Value::from(list).to_string();
        std::fs::write(path, text).map_err(|error| format!("{path}: {error}"))?;
    }
    let over = figures.iter().filter(|figure| !figure.ok).count();
    println!("{} within budget, {over} over", figures.len() - over);
    Ok(over == 0)
}

/// What every figure depends on.
fn conditions(built: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let kernel = ask("uname", &["-srm"]).unwrap_or_default();
    format!("{cores} cores, {kernel}; {built}; clients on the same machine; writes durable")
}
