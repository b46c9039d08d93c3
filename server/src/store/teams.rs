//! The list of teams: groups that somebody described, and those that are only named as owners or by the work.
//! It must not name a person: members are counted.
use super::{
    Store, StoreError,
    held_list::{Field, HeldAsk, HeldList, held_ask, known, one, sort, turned},
    judged::Held,
    list::references,
    rows::count,
    sql::Sql,
    transaction,
};
use crate::catalog::ownership::model::{GroupClaim, Organisation};
use sea_orm::FromQueryResult;
use shared::{
    EntityKind, EntityRef, OwnedPart,
    api::{OwnershipItem, Page, TeamItem, TeamQuery, VerdictCounts},
};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

/// A team with what its own page says beside its row.
#[derive(Debug, Clone)]
pub(super) struct Team {
    pub(super) item: TeamItem,
    pub(super) description: Option<String>,
    pub(super) children: Vec<EntityRef>,
}

const TEAMS: HeldList<Team> = HeldList {
    name: "teams",
    sorts: &[sort("name"), sort("components"), sort("truth"), sort("members")],
    sort: "name",
    fields: &[Field { name: "parent", title: Some("Parent"), values: |team| one(team.item.parent.as_ref()) }],
    text: |team| format!("{} {} {}", team.item.team, team.item.title, team.description.as_deref().unwrap_or_default()),
    compare,
    tie: |a, b| a.item.team.cmp(&b.item.team),
};

/// Components of an owner that use something, by the path of the offer.
#[derive(FromQueryResult)]
struct UseRow {
    owner_ref: String,
    golden: i64,
    off_path: i64,
}

impl Store {
    /// One page of teams.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_teams(&self, query: &TeamQuery) -> Result<Page<TeamItem>, StoreError> {
        let ask = asked(query)?;
        let held = self.held_teams().await?;
        let page = self.page_held(&TEAMS, &held, &ask).await?;
        let items = page.items.into_iter().map(|team| team.item).collect();
        Ok(Page { items, total: page.total, next: page.next })
    }

    /// Every team, in the order of references, kept until the catalog changes.
    pub(super) async fn held_teams(&self) -> Result<Held<Team>, StoreError> {
        let generation = self.generation().await;
        // Raised by every change, it is as good a revision as any.
        let revision = i64::try_from(generation).unwrap_or(i64::MAX);
        if let Some(items) = self.cache().find::<Vec<Team>>(generation, "teams") {
            return Ok(Held { items, judged_at: None, revision });
        }
        let organisation = self.load_organisation().await?;
        let verdicts = self.held_ownership().await?;
        let uses = self.uses_by_owner().await?;
        let descriptions = self.descriptions_of_groups().await?;
        let mut teams = named(&uses, &verdicts.items);
        teams.extend(organisation.groups.iter().map(|group| group.reference.clone()));
        let known = Known::new(&organisation, &verdicts.items);
        let team = |reference: EntityRef| {
            let mut team = known.team(&reference);
            if let Some((golden, off_path)) = uses.get(&reference) {
                (team.item.golden, team.item.off_path) = (*golden, *off_path);
            }
            team.description = descriptions.get(&reference.to_string()).cloned();
            team
        };
        let teams: Vec<Team> = teams.into_iter().map(team).collect();
        Ok(Held { items: self.cache().keep(generation, "teams", teams), judged_at: None, revision })
    }

    async fn uses_by_owner(&self) -> Result<HashMap<EntityRef, (u64, u64)>, StoreError> {
        let sql = Sql::new(
            "SELECT owner_ref, COUNT(CASE WHEN n_golden > 0 THEN 1 END) AS golden, \
             COUNT(CASE WHEN n_off_path > 0 THEN 1 END) AS off_path FROM entity \
             WHERE NOT shadowed AND owner_ref <> '' AND kind = ",
        );
        let sql = sql.bind(EntityKind::Component.as_str()).add(" GROUP BY owner_ref");
        let rows: Vec<UseRow> = transaction::all(self.reader(), sql).await?;
        let team = |row: UseRow| {
            let owner: EntityRef = row.owner_ref.parse().ok()?;
            // A user can own things and is no team.
            (owner.kind() == EntityKind::Group).then_some((owner, (count(row.golden), count(row.off_path))))
        };
        Ok(rows.into_iter().filter_map(team).collect())
    }

    async fn descriptions_of_groups(&self) -> Result<HashMap<String, String>, StoreError> {
        let sql =
            Sql::new("SELECT ref AS value, description FROM entity WHERE NOT shadowed AND description <> '' AND ");
        let sql = sql.add("kind = ").bind(EntityKind::Group.as_str());
        let rows = transaction::rows(self.reader(), sql).await?;
        rows.iter().map(|row| Ok((row.try_get("", "value")?, row.try_get("", "description")?))).collect()
    }
}

/// Groups that components name as their owner, and those that the work points to.
fn named(owners: &HashMap<EntityRef, (u64, u64)>, verdicts: &[OwnershipItem]) -> BTreeSet<EntityRef> {
    let observed = |item: &OwnershipItem| item.observed.iter().filter_map(|seen| seen.team.clone()).collect::<Vec<_>>();
    let judged = verdicts.iter().flat_map(|item| {
        let said = item.declared.iter().chain(&item.guess).cloned();
        said.chain(observed(item)).collect::<Vec<_>>()
    });
    let all = owners.keys().cloned().chain(judged);
    all.filter(|team| team.kind() == EntityKind::Group).collect()
}

/// What groups, users and verdicts say, by team.
struct Known<'a> {
    groups: HashMap<&'a EntityRef, &'a GroupClaim>,
    children: HashMap<&'a EntityRef, BTreeSet<&'a EntityRef>>,
    parents: HashMap<&'a EntityRef, &'a EntityRef>,
    members: HashMap<&'a EntityRef, BTreeSet<&'a EntityRef>>,
    verdicts: BTreeMap<&'a EntityRef, VerdictCounts>,
}

impl<'a> Known<'a> {
    fn new(organisation: &'a Organisation, items: &'a [OwnershipItem]) -> Self {
        let groups = organisation.groups.iter().map(|group| (&group.reference, group)).collect();
        let mut known = Self {
            groups,
            children: HashMap::new(),
            parents: HashMap::new(),
            members: HashMap::new(),
            verdicts: BTreeMap::new(),
        };
        for group in &organisation.groups {
            // What a group says of its own parent counts before what a parent says of its children.
            group.parent.iter().for_each(|parent| known.join(parent, &group.reference));
            known.members.entry(&group.reference).or_default().extend(&group.members);
        }
        for group in &organisation.groups {
            group.children.iter().for_each(|child| known.join(&group.reference, child));
        }
        for user in &organisation.users {
            for team in &user.member_of {
                known.members.entry(team).or_default().insert(&user.reference);
            }
        }
        for item in items.iter().filter(|item| item.part == OwnedPart::Component) {
            item.declared.iter().for_each(|team| known.verdicts.entry(team).or_default().add(item.verdict));
        }
        known
    }

    fn join(&mut self, parent: &'a EntityRef, child: &'a EntityRef) {
        self.children.entry(parent).or_default().insert(child);
        self.parents.entry(child).or_insert(parent);
    }

    fn team(&self, reference: &EntityRef) -> Team {
        let group = self.groups.get(reference);
        let verdicts = self.verdicts.get(reference).cloned().unwrap_or_default();
        let title = group.and_then(|group| group.title.clone());
        Team {
            item: TeamItem {
                team: reference.clone(),
                title: title.unwrap_or_else(|| reference.name().to_owned()),
                described: group.is_some(),
                parent: self.parents.get(reference).copied().cloned(),
                members: self.members.get(reference).map_or(0, |members| members.len() as u64),
                truth: verdicts.truth(),
                verdicts,
                golden: 0,
                off_path: 0,
            },
            description: None,
            children: self.children.get(reference).into_iter().flatten().copied().cloned().collect(),
        }
    }
}

fn asked(query: &TeamQuery) -> Result<HeldAsk<'_>, StoreError> {
    let filters = vec![("parent", references("parent", &query.parent, Some(EntityKind::Group))?)];
    Ok(held_ask!(query, filters))
}

fn compare(sort: &str, down: bool, a: &Team, b: &Team) -> Ordering {
    let (a, b) = (&a.item, &b.item);
    match sort {
        "components" => turned(down, a.verdicts.total().cmp(&b.verdicts.total())),
        "truth" => known(down, a.truth, b.truth, f64::total_cmp),
        "members" => turned(down, a.members.cmp(&b.members)),
        _ => turned(down, a.team.name().cmp(b.team.name())),
    }
}
