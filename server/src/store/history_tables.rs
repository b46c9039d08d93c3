//! The tables of the past, as sea-orm sees them.
//! It must not hold a query.

/// From when to when an entity existed, as one repository's history shows it.
pub(super) mod entity_span {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entity_span")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        #[sea_orm(column_name = "ref")]
        pub ref_: String,
        pub kind: String,
        pub root: String,
        pub from_commit: String,
        pub from_at: i64,
        pub to_commit: Option<String>,
        pub to_at: Option<i64>,
        pub traits: String,
        pub shadowed: bool,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One stretch in which a component used an offer.
pub(super) mod usage_interval {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "usage_interval")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        pub component: String,
        pub capability: String,
        pub offer: String,
        pub path: String,
        pub from_commit: String,
        pub from_at: i64,
        pub to_commit: Option<String>,
        pub to_at: Option<i64>,
        pub ended: String,
        pub exact: bool,
        pub attempt_commit: Option<String>,
        pub attempt_at: Option<i64>,
        pub attempt_days: Option<i64>,
        pub attempt_branch: Option<bool>,
        /// The matcher and file of the evidence, so that they are read without parsing it.
        pub rule: String,
        pub file: String,
        pub evidence: String,
        pub shadowed: bool,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A commit that changed what a capability's document says.
pub(super) mod rule_change {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rule_change")]
    pub(in crate::store) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub repository_id: i64,
        pub repository: String,
        pub capability: String,
        pub commit_id: String,
        pub changed_at: i64,
        pub message: String,
        pub meaning: bool,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub(in crate::store) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
