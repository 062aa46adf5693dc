//! The list of areas: the only one there is.

use base::Migration;
use web::Area;

/// Every area of the city, in the order their migrations run.
pub(crate) fn areas() -> Vec<Area> {
    vec![
        web::house(),
        crate::front::area(),
        ledger::area(),
        registry::area(),
        catalog::area(),
        procurement::area(),
    ]
}

/// The whole schema.
pub(crate) fn migrations() -> Vec<Migration> {
    let areas = areas();
    let of_areas = areas.iter().flat_map(Area::migrations);
    base::MIGRATIONS.iter().copied().chain(of_areas).collect()
}
