//! The tables that are written in bulk, as sea-orm sees them.
//! It must not hold a query.

/// A README or start document as written.
pub(super) mod document_text {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "document_text")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub path: String,
        pub content: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An entity as one repository sees it; the empty text stands for unknown.
pub(super) mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entity")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        #[sea_orm(column_name = "ref")]
        pub ref_: String,
        pub kind: String,
        pub namespace: String,
        pub name: String,
        pub title: String,
        pub description: String,
        pub subtype: String,
        pub lifecycle: String,
        pub owner_ref: String,
        pub system_ref: String,
        pub origin: String,
        pub path: String,
        pub descriptor_path: Option<String>,
        pub descriptor_line: Option<i64>,
        pub language: String,
        pub lines: i64,
        pub tags: String,
        pub n_findings: i64,
        pub n_golden: i64,
        pub n_off_path: i64,
        pub shadowed: bool,
        pub head: String,
        pub search: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What only the entity's own page needs.
pub(super) mod entity_detail {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entity_detail")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub entity_id: i64,
        pub document: String,
        pub detail: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One tag of one entity.
pub(super) mod entity_tag {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entity_tag")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub entity_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub tag: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One directed relation.
pub(super) mod relation {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "relation")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        pub from_ref: String,
        pub kind: String,
        pub to_ref: String,
        pub observed: bool,
        /// Made by joining repositories, not by one of them.
        pub linked: bool,
        pub shadowed: bool,
        pub path: Option<String>,
        pub line: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A package and the entity that publishes it.
pub(super) mod package {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "package")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        pub entity_id: Option<i64>,
        pub ecosystem: String,
        pub name: String,
        pub version: Option<String>,
        pub description: Option<String>,
        pub published: bool,
        pub path: String,
        pub line: Option<i64>,
        pub search: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A dependency and the component whose root holds the file.
pub(super) mod dependency {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "dependency")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        pub entity_id: Option<i64>,
        pub ecosystem: String,
        pub name: String,
        pub requirement: Option<String>,
        pub version: Option<String>,
        pub scope: String,
        pub kind: String,
        pub path: String,
        pub line: Option<i64>,
        pub source_use: String,
        pub imported_path: Option<String>,
        pub imported_line: Option<i64>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A capability of the ruleset in force.
pub(super) mod capability {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "capability")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub document: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A component's use of one offer, with its evidence.
pub(super) mod usage {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "usage")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        pub entity_id: i64,
        pub component: String,
        pub capability: String,
        pub offer: String,
        pub path: String,
        pub state: String,
        pub owner_ref: String,
        pub shadowed: bool,
        pub evidence: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A component's standing towards one capability.
pub(super) mod standing {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standing")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub entity_id: i64,
        pub capability: String,
        pub state: String,
        pub eligible: bool,
        pub golden: bool,
        pub tolerated: bool,
        pub vendor: bool,
        pub homegrown: bool,
        pub shadowed: bool,
        pub exemption: Option<String>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A problem with a place.
pub(super) mod finding {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "finding")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        pub origin: String,
        pub entity_id: Option<i64>,
        pub rule: String,
        pub severity: String,
        pub severity_rank: i64,
        pub path: Option<String>,
        pub line: Option<i64>,
        pub col: Option<i64>,
        pub message: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What one parser read from one blob.
pub(super) mod blob_facts {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "blob_facts")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub blob: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub parser: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i64,
        pub facts: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
