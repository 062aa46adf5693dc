//! The list of areas: the only one there is.

use base::Migration;
use base::policy::PolicyKind;
use web::Area;

/// Every area of the city, in the order their migrations run.
pub(crate) fn areas() -> Vec<Area> {
    vec![
        web::house(),
        crate::front::area(),
        ledger::area(),
        payments::area(),
        registry::area(),
        catalog::area(),
        market::area(),
        procurement::area(),
    ]
}

/// The whole schema.
pub(crate) fn migrations() -> Vec<Migration> {
    let areas = areas();
    let of_areas = areas.iter().flat_map(Area::migrations);
    base::MIGRATIONS.iter().copied().chain(of_areas).collect()
}

/// Every kind of rule that this program understands.
pub(crate) fn policy_kinds() -> Vec<PolicyKind> {
    let areas = areas();
    let of_areas = areas.iter().flat_map(|area| area.policies).copied();
    base::policy::KINDS.iter().copied().chain(of_areas).collect()
}
