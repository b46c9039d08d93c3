//! The people and groups of the organisation, as stored entity documents describe them.
//! It must not decide who is of which team.
use super::{
    Store, StoreError,
    rows::{json, line, maybe, read, some_text},
    sql::Sql,
    transaction,
};
use crate::catalog::ownership::model::{GroupClaim, Organisation, UserClaim};
use sea_orm::FromQueryResult;
use serde_json::Value;
use shared::{EntityKind, EntityRef};

/// Names, addresses and members of one document that are looked at; more is no description of a person or a group.
const MAX_WORDS: usize = 10_000;
/// Annotations that say under which address a person commits.
const MAIL_ANNOTATIONS: [&str; 4] =
    ["backstage.io/email", "github.com/user-email", "gitlab.com/user-email", "microsoft.com/email"];

#[derive(FromQueryResult)]
struct DocumentRow {
    reference: String,
    title: String,
    repository: String,
    document: String,
    descriptor_path: Option<String>,
    descriptor_line: Option<i64>,
}

impl Store {
    /// Every user and group that the catalog holds and no other repository overrules. The team map stays empty: it is no
    /// part of the catalog.
    ///
    /// # Errors
    /// When the database does not answer, or a document does not read back.
    pub async fn load_organisation(&self) -> Result<Organisation, StoreError> {
        let users = self.described(EntityKind::User).await?;
        let groups = self.described(EntityKind::Group).await?;
        Ok(Organisation {
            users: users.iter().map(user).collect::<Result<_, _>>()?,
            groups: groups.iter().map(group).collect::<Result<_, _>>()?,
            team_map: Vec::new(),
        })
    }

    async fn described(&self, kind: EntityKind) -> Result<Vec<DocumentRow>, StoreError> {
        let sql = Sql::new(
            "SELECT entity.ref AS reference, entity.title, entity.repository, entity_detail.document, \
             entity.descriptor_path, entity.descriptor_line FROM entity \
             JOIN entity_detail ON entity_detail.entity_id = entity.id WHERE NOT entity.shadowed AND entity.kind = ",
        );
        transaction::all(self.reader(), sql.bind(kind.as_str()).add(" ORDER BY entity.ref")).await
    }
}

fn user(row: &DocumentRow) -> Result<UserClaim, StoreError> {
    let reference: EntityRef = read("reference", &row.reference)?;
    let document: Value = json("document", &row.document)?;
    let profile = text(&document, "/spec/profile/email");
    let annotations = document.pointer("/metadata/annotations");
    let annotated = MAIL_ANNOTATIONS.iter().filter_map(|key| annotations?.get(key)?.as_str());
    let mut mails: Vec<String> = profile.into_iter().chain(annotated).map(str::to_owned).collect();
    mails.dedup();
    Ok(UserClaim {
        mails,
        display_name: text(&document, "/spec/profile/displayName").map(str::to_owned),
        member_of: references(&document, "/spec/memberOf", EntityKind::Group, &reference),
        reference,
    })
}

fn group(row: &DocumentRow) -> Result<GroupClaim, StoreError> {
    let reference: EntityRef = read("reference", &row.reference)?;
    let document: Value = json("document", &row.document)?;
    let place = maybe("path", row.descriptor_path.as_deref())?;
    let parent = text(&document, "/spec/parent");
    Ok(GroupClaim {
        title: some_text(row.title.clone()),
        parent: parent.and_then(|p| EntityRef::parse(p, Some(EntityKind::Group), reference.namespace()).ok()),
        children: references(&document, "/spec/children", EntityKind::Group, &reference),
        members: references(&document, "/spec/members", EntityKind::User, &reference),
        mail: text(&document, "/spec/profile/email").map(str::to_owned),
        repository: read("repository", &row.repository)?,
        path: place.map(|path| (path, line(row.descriptor_line).unwrap_or(1))),
        reference,
    })
}

fn text<'d>(document: &'d Value, pointer: &str) -> Option<&'d str> {
    document.pointer(pointer)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// What a list of a document names, in its own namespace unless told; what is no reference was a finding of the scan.
fn references(document: &Value, pointer: &str, kind: EntityKind, of: &EntityRef) -> Vec<EntityRef> {
    let listed = document.pointer(pointer).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let named = listed.iter().take(MAX_WORDS).filter_map(Value::as_str);
    named.filter_map(|name| EntityRef::parse(name.trim(), Some(kind), of.namespace()).ok()).collect()
}
