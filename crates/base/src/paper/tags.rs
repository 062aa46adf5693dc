//! What a screen reader is told: title, paragraphs, tables with their heads, the code and its link.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::sheet::Role;

/// The pieces of each block as they were drawn, in the order in which they are read.
#[derive(Default)]
pub(super) struct Tags {
    blocks: BTreeMap<usize, (Role, Vec<Identifier>)>,
    link: Option<Identifier>,
}

impl Tags {
    /// A piece of a block was drawn; one block may have pieces on several pages.
    pub(super) fn add(&mut self, block: usize, role: Role, piece: Identifier) {
        self.blocks.entry(block).or_insert((role, Vec::new())).1.push(piece);
    }

    /// The link that lies over the code.
    pub(super) fn link(&mut self, piece: Identifier) {
        self.link = Some(piece);
    }

    /// The tree of the whole paper.
    pub(super) fn tree(mut self, title: &str, code_text: &str) -> TagTree {
        let mut tree = TagTree::new();
        let mut table = Rows::default();
        for (role, pieces) in std::mem::take(&mut self.blocks).into_values() {
            if let Role::Head { row } | Role::Cell { row } = role {
                table.add(row, cell(role, pieces));
                continue;
            }
            table.finish(&mut tree);
            match role {
                Role::Title => tree.push(group(heading(title), pieces)),
                Role::Code => tree.push(self.code(code_text, pieces)),
                _ => tree.push(group(Tag::P, pieces)),
            }
        }
        table.finish(&mut tree);
        tree
    }

    fn code(&mut self, text: &str, pieces: Vec<Identifier>) -> TagGroup {
        let figure = group(Tag::Figure(Some(text.to_owned())), pieces);
        let mut link = TagGroup::new(Tag::Link);
        if let Some(piece) = self.link.take() {
            link.push(piece);
        }
        link.push(figure);
        link
    }
}

/// The rows of one table while they are collected.
#[derive(Default)]
struct Rows {
    done: Vec<Node>,
    current: Option<(usize, TagGroup)>,
}

impl Rows {
    fn add(&mut self, row: usize, cell: TagGroup) {
        if self.current.as_ref().is_some_and(|(current, _)| *current != row) {
            self.close_row();
        }
        let (_, group) = self.current.get_or_insert_with(|| (row, TagGroup::new(Tag::TR)));
        group.push(cell);
    }

    fn close_row(&mut self) {
        self.done.extend(self.current.take().map(|(_, group)| Node::from(group)));
    }

    fn finish(&mut self, tree: &mut TagTree) {
        self.close_row();
        if !self.done.is_empty() {
            tree.push(TagGroup::with_children(Tag::Table, std::mem::take(&mut self.done)));
        }
    }
}

fn cell(role: Role, pieces: Vec<Identifier>) -> TagGroup {
    match role {
        Role::Head { .. } => group(Tag::TH(TableHeaderScope::Column), pieces),
        _ => group(Tag::TD, pieces),
    }
}

fn heading(title: &str) -> TagKind {
    Tag::Hn(NonZeroU16::MIN, Some(title.to_owned())).into()
}

fn group(tag: impl Into<TagKind>, pieces: Vec<Identifier>) -> TagGroup {
    TagGroup::with_children(tag, pieces.into_iter().map(Node::from).collect())
}
