//! The tree of RFC 6962: leaves and nodes are hashed apart, so that one cannot pose as the other.

use sha2::{Digest, Sha256};

/// The hash of a leaf.
pub(super) fn leaf(bytes: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([0]).chain_update(bytes).finalize().into()
}

/// The root over the hashes of the leaves.
pub(super) fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    if leaves.is_empty() {
        return Sha256::digest([]).into();
    }
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        level = level.chunks(2).map(node).collect();
    }
    level[0]
}

/// A pair becomes one; whoever has no partner rises as it is.
fn node(pair: &[[u8; 32]]) -> [u8; 32] {
    match pair {
        [left, right] => {
            Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
        }
        alone => alone[0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: [u8; 32]) -> String {
        data_encoding::HEXLOWER.encode(&bytes)
    }

    /// Values of the well-known test tree of certificate transparency.
    #[test]
    fn roots_are_those_of_rfc_6962() {
        let inputs: [&[u8]; 3] = [&[], &[0x00], &[0x10]];
        let leaves = inputs.map(leaf);
        for (count, expected) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        ] {
            assert_eq!(hex(root(&leaves[..count])), expected, "{count} leaves");
        }
    }

    #[test]
    fn a_root_depends_on_every_leaf_and_its_place() {
        let leaves: Vec<_> = (0_u8..9).map(|n| leaf(&[n])).collect();
        let whole = root(&leaves);
        for i in 0..leaves.len() {
            let mut changed = leaves.clone();
            changed[i][0] ^= 1;
            assert_ne!(root(&changed), whole, "leaf {i}");
        }
        let mut swapped = leaves.clone();
        swapped.swap(3, 4);
        assert_ne!(root(&swapped), whole);
        assert_ne!(root(&leaves[..8]), whole);
    }
}
