//! What `gerai verify` asks of the registry: what no constraint of the database holds.

use base::{Finding, Read, Result};

/// Findings of one question; one is enough to look further.
const FOUND_MAX: i64 = 50;

/// A question whose answer should be empty, and what is wrong where it is not.
const QUESTIONS: [(&str, &str); 11] = [
    (
        "a business has no owner",
        "SELECT b.number FROM registry_businesses b
         WHERE NOT EXISTS (SELECT 1 FROM registry_owners o WHERE o.id = b.owner_id)
         ORDER BY b.number LIMIT $1",
    ),
    (
        "an open pair points to a business that is not there",
        "SELECT p.id FROM registry_pairs p WHERE p.decided_at IS NULL
           AND ((SELECT COUNT(*) FROM registry_businesses b WHERE b.id = p.newer) = 0
             OR (SELECT COUNT(*) FROM registry_businesses b WHERE b.id = p.older) = 0)
         ORDER BY p.id LIMIT $1",
    ),
    (
        "a business is held although no pair of it is open",
        "SELECT b.number FROM registry_businesses b WHERE b.state = 'held'
           AND NOT EXISTS (SELECT 1 FROM registry_pairs p WHERE p.newer = b.id AND p.decided_at IS NULL)
         ORDER BY b.number LIMIT $1",
    ),
    (
        "a business was merged into one that is not there",
        "SELECT b.number FROM registry_businesses b WHERE b.merged_into IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM registry_businesses o WHERE o.id = b.merged_into)
         ORDER BY b.number LIMIT $1",
    ),
    (
        "a business is verified and nobody is named who did it",
        "SELECT b.number FROM registry_businesses b
         WHERE b.state = 'verified' AND (b.verified_at IS NULL OR b.verified_by IS NULL)
         ORDER BY b.number LIMIT $1",
    ),
    (
        "a doubt belongs to a business that is not there",
        "SELECT d.id FROM registry_doubts d
         WHERE NOT EXISTS (SELECT 1 FROM registry_businesses b WHERE b.id = d.business_id)
         ORDER BY d.id LIMIT $1",
    ),
    (
        "evidence waits and its file is gone",
        "SELECT e.id FROM registry_evidence e WHERE e.state = 'waiting' AND e.file IS NULL
         ORDER BY e.id LIMIT $1",
    ),
    (
        "evidence belongs to a business that is not there",
        "SELECT e.id FROM registry_evidence e
         WHERE NOT EXISTS (SELECT 1 FROM registry_businesses b WHERE b.id = e.business_id)
         ORDER BY e.id LIMIT $1",
    ),
    (
        "a visit belongs to a business that is not there",
        "SELECT v.id FROM registry_visits v
         WHERE NOT EXISTS (SELECT 1 FROM registry_businesses b WHERE b.id = v.business_id)
         ORDER BY v.id LIMIT $1",
    ),
    (
        "a change waits for a business that nobody has checked",
        "SELECT c.id FROM registry_changes c WHERE c.state = 'waiting'
           AND NOT EXISTS (SELECT 1 FROM registry_businesses b
                WHERE b.id = c.business_id AND b.state IN ('verified', 'stale'))
         ORDER BY c.id LIMIT $1",
    ),
    (
        "two verified businesses have one NIB",
        "SELECT b.nib FROM registry_businesses b WHERE b.state = 'verified' AND b.nib IS NOT NULL
         GROUP BY b.nib HAVING COUNT(*) > 1 ORDER BY b.nib LIMIT $1",
    ),
];

/// Everything that does not hold.
pub(crate) fn examine(read: &mut Read<'_>) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (what, sql) in QUESTIONS {
        let found: Vec<(String,)> = read.all(sql, &[&FOUND_MAX])?;
        findings.extend(found.into_iter().map(|(at,)| Finding::new("registry", what, at)));
    }
    Ok(findings)
}
