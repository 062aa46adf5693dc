//! Pages and search while sixteen visitors ask without pause, in a city of a hundred thousand.

use std::time::Duration;

use super::Bench;
use super::bulk::{ROWS, list, villages};
use super::figure::{Budget, Figure};
use super::goods;
use crate::Result;
use crate::http::Client;
use crate::load;
use crate::program::{Folder, Server};
use crate::scene::Scene;

const SHELF: &str = "/catalog/products";
const CLIENTS: usize = 16;
const WARM: Duration = Duration::from_secs(2);
const TIME: Duration = Duration::from_secs(5);
const PAGE_MS_MAX: f64 = 10.0;
const SEARCH_MS_MAX: f64 = 20.0;
const TIMES_MAX: f64 = 10.0;
/// Of processor time for one page of the public's shop: a quarter of a second for a thousand.
const SHELF_US_MAX: f64 = 250.0;

/// What visitors ask for.
struct Visit {
    name: String,
    paths: Vec<String>,
    p99_ms_max: f64,
    /// The blueprint bounds the cost of the catalogue's pages alone; the others are told beside them.
    processor: Budget,
}

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    let folder = Folder::new("pages")?;
    let scene = Scene::new(&bench.program, folder.path(), None)?;
    let list = list(folder.path(), &villages(&bench.place.root)?, ROWS)?;
    scene.run(&["import", "businesses", &list])?;
    let mut figures = look(&scene.start()?, &registry())?;
    let demo = scene.demo(folder.path())?.start(2)?;
    goods::offer(demo.home(), 0, 100_000)?;
    figures.extend(look(&demo, &shop(&demo, "100,000")?)?);
    Ok(figures)
}

/// What the public looks at while it shops, among ten thousand goods and among a million.
pub(super) fn shelf(bench: &Bench) -> Result<Vec<Figure>> {
    let folder = Folder::new("shelf")?;
    let scene = Scene::new(&bench.program, folder.path(), None)?;
    let demo = scene.demo(folder.path())?.start(2)?;
    let mut figures = Vec::new();
    let mut filled = 0;
    for (count, words) in [(10_000, "10,000"), (1_000_000, "1,000,000")] {
        goods::offer(demo.home(), filled, count)?;
        filled = count;
        let own = |visit| Visit { processor: Budget::AtMost(SHELF_US_MAX), ..visit };
        let visits: Vec<Visit> = shop(&demo, words)?.into_iter().map(own).collect();
        figures.extend(look(&demo, &visits)?);
    }
    Ok(figures)
}

/// Each visit beside a constant file from the same server.
fn look(server: &Server, visits: &[Visit]) -> Result<Vec<Figure>> {
    let constant = cost(server, &[constant(server)?])?;
    let mut figures = Vec::new();
    for visit in visits {
        let cost = cost(server, &visit.paths)?;
        let name = |what: &str| format!("{}, {what}", visit.name);
        let p99 = Budget::AtMost(visit.p99_ms_max);
        figures.push(Figure::plain(&name("p50"), cost.p50_ms, "ms", Budget::None));
        figures.push(Figure::plain(&name("p99 at 16 clients"), cost.p99_ms, "ms", p99));
        figures.push(Figure::beside(
            &name("processor time"),
            cost.processor_us,
            "µs",
            Some(constant.processor_us),
            visit.processor,
        ));
    }
    Ok(figures)
}

/// A visit whose cost is only told.
fn visit(name: &str, paths: &[&str], p99_ms_max: f64) -> Visit {
    let paths = paths.iter().copied().map(String::from).collect();
    Visit { name: name.to_owned(), paths, p99_ms_max, processor: Budget::None }
}

fn registry() -> Vec<Visit> {
    let search = ["/registry/businesses?q=batik", "/registry/businesses?q=warung+melati"];
    vec![
        visit("front page", &["/"], PAGE_MS_MAX),
        visit("directory, 100,000", &["/registry/businesses"], PAGE_MS_MAX),
        visit("directory, search", &search, SEARCH_MS_MAX),
    ]
}

fn shop(server: &Server, count: &str) -> Result<Vec<Visit>> {
    let shelf = Client::new(server.home()).get(SHELF)?.text();
    let mark = format!("href=\"{SHELF}/");
    let goods: Vec<String> = shelf
        .split(&mark)
        .skip(1)
        .filter_map(|rest| Some(format!("{SHELF}/{}", rest.split('"').next()?)))
        .collect();
    let search = ["q=batik", "q=lumpia+melati", "q=lumpai", "q=wingko&category=makanan"];
    let search = search.map(|question| format!("{SHELF}?{question}"));
    let search: Vec<&str> = search.iter().map(String::as_str).collect();
    let goods: Vec<&str> = goods.iter().map(String::as_str).collect();
    let bounded = |visit| Visit { processor: Budget::TimesAtMost(TIMES_MAX), ..visit };
    Ok(vec![
        bounded(visit(&format!("catalogue, {count} goods"), &[SHELF], PAGE_MS_MAX)),
        bounded(visit(&format!("one of {count} goods"), &goods, PAGE_MS_MAX)),
        visit(&format!("search, {count} goods"), &search, SEARCH_MS_MAX),
    ])
}

/// What a page costs.
struct Cost {
    p50_ms: f64,
    p99_ms: f64,
    processor_us: f64,
}

fn cost(server: &Server, paths: &[String]) -> Result<Cost> {
    load::read(server.home(), paths, CLIENTS, WARM)?;
    let before = server.processor_seconds()?;
    let waits = load::read(server.home(), paths, CLIENTS, TIME)?;
    let used = server.processor_seconds()? - before;
    Ok(Cost {
        p50_ms: waits.percentile(50).as_secs_f64() * 1000.0,
        p99_ms: waits.percentile(99).as_secs_f64() * 1000.0,
        processor_us: used * 1_000_000.0 / waits.count() as f64,
    })
}

/// A file that never changes and is about as large as a page: the style sheet.
fn constant(server: &Server) -> Result<String> {
    let front = Client::new(server.home()).get("/")?.text();
    let hrefs = front.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let found = hrefs.into_iter().find(|href| href.ends_with(".css")).map(String::from);
    found.ok_or_else(|| "the front page names no style sheet".into())
}
