//! What stands between a registration and being sent.

use base::Problem;

use crate::business::Business;
use crate::owner::Owner;

/// What is still missing before a registration can be sent, by field.
pub(crate) fn missing(business: &Business) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut wanted = |there: bool, field: &str, code: &'static str| {
        if !there {
            problems.push(Problem::new(field, code));
        }
    };
    wanted(!business.name.is_empty(), "name", "registry-name-wanted");
    wanted(!business.category.is_empty(), "category", "registry-category-wanted");
    wanted(!business.activity.is_empty(), "activity", "registry-activity-wanted");
    wanted(business.place.village.is_some(), "village", "registry-village-wanted");
    wanted(!business.place.street.is_empty(), "street", "registry-street-wanted");
    wanted(business.phone.is_some(), "phone", "registry-phone-wanted");
    problems
}

/// The same with what is missing of its owner.
pub(crate) fn lacking(business: &Business, owner: &Owner) -> Vec<Problem> {
    let mut problems = missing(business);
    if owner.nik_mask.is_none() {
        problems.push(Problem::new("nik", "registry-nik-wanted"));
    }
    problems
}
