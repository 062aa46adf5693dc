//! What buyers think of a product, in numbers. The shop that sells it knows its reviews and says how many
//! there are; the catalogue keeps the sum, so that its pages need not ask.

use base::{Read, Result, Tx};
use schemars::JsonSchema;
use serde::Serialize;

use crate::events::ProductRated;
use crate::product::ProductId;

/// All reviews of a product together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rating {
    /// How many there are.
    pub reviews: i64,
    /// Their stars, one to five each, summed.
    pub stars: i64,
}

impl Rating {
    /// The average in tenths of a star, rounded half up; nothing without a review.
    pub fn tenths(self) -> Option<i64> {
        (self.reviews > 0).then(|| (self.stars * 20 + self.reviews) / (self.reviews * 2))
    }
}

/// The reviews of a product.
pub fn of(read: &mut Read<'_>, product: &ProductId) -> Result<Rating> {
    let row: Option<(i64, i64)> =
        read.first("SELECT reviews, stars FROM catalog_ratings WHERE product = $1", &[product])?;
    Ok(row.map(|(reviews, stars)| Rating { reviews, stars }).unwrap_or_default())
}

/// Says what they are now. Called inside the transaction that changed a review.
pub fn set(tx: &mut Tx<'_>, product: &ProductId, rating: Rating) -> Result<()> {
    let Rating { reviews, stars } = rating;
    tx.execute(
        "INSERT INTO catalog_ratings (product, reviews, stars) VALUES ($1, $2, $3)
         ON CONFLICT (product) DO UPDATE SET reviews = excluded.reviews, stars = excluded.stars",
        &[product, &reviews, &stars],
    )?;
    tx.record(&ProductRated { product, reviews, stars })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_is_rounded_half_up_to_a_tenth() {
        for (reviews, stars, tenths) in [(1, 5, 50), (3, 14, 47), (4, 17, 43), (20, 91, 46)] {
            assert_eq!(Rating { reviews, stars }.tenths(), Some(tenths), "{stars} in {reviews}");
        }
        assert_eq!(Rating::default().tenths(), None);
    }
}
