//! Everything that one team's page says.
//! It must not name a person, and it must not judge.
use super::{
    Store, StoreError,
    rows::{count, read, some_text},
    sql::Sql,
    transaction,
};
use crate::metrics;
use sea_orm::FromQueryResult;
use shared::{
    EntityKind, EntityRef, OwnedPart,
    api::{OwnershipItem, ShadowDetail, TeamDetail, TeamServes, TeamShadow, TeamUse},
};
use std::collections::{BTreeMap, BTreeSet};

/// Verdicts of one kind on a team's page, the worst first; the list of verdicts has all of them.
const MAX_VERDICTS: usize = 200;

#[derive(FromQueryResult)]
struct UseRow {
    capability: String,
    golden: i64,
    off_path: i64,
    eligible: i64,
}

#[derive(FromQueryResult)]
struct ServesRow {
    component: String,
    title: String,
    consumer: String,
    team: String,
}

/// Who depends on one component.
#[derive(Default)]
struct Consumers {
    title: String,
    components: BTreeSet<String>,
    teams: BTreeSet<String>,
}

impl Store {
    /// A team with what it owns, works on, uses, builds and serves; `None` when nobody describes or names it. At most
    /// 200 verdicts of each kind are given.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn team(&self, team: &EntityRef) -> Result<Option<TeamDetail>, StoreError> {
        let teams = self.held_teams().await?;
        let Some(found) = teams.items.iter().find(|held| held.item.team == *team).cloned() else { return Ok(None) };
        let shadows = self.held_shadows().await?.items;
        Ok(Some(TeamDetail {
            owns: self.verdicts_where(|item| item.declared.as_ref() == Some(team)).await?,
            works_on: self.verdicts_where(|item| item.guess.as_ref() == Some(team)).await?,
            uses: self.uses_of_team(team).await?,
            builds: builds(&shadows, team),
            serves: self.serves(team).await?,
            champion_of: self.champion_of(team).await?,
            item: found.item,
            description: found.description,
            children: found.children,
        }))
    }

    async fn verdicts_where(&self, keep: impl Fn(&OwnershipItem) -> bool) -> Result<Vec<OwnershipItem>, StoreError> {
        let held = self.held_ownership().await?;
        let of_component = |item: &&OwnershipItem| item.part == OwnedPart::Component && keep(item);
        let mut kept: Vec<&OwnershipItem> = held.items.iter().filter(of_component).collect();
        kept.sort_by_key(|item| (super::ownership::badness(item.verdict), &item.entity));
        let mut items: Vec<OwnershipItem> = kept.into_iter().take(MAX_VERDICTS).cloned().collect();
        self.link_ownership(&mut items).await?;
        Ok(items)
    }

    async fn uses_of_team(&self, team: &EntityRef) -> Result<Vec<TeamUse>, StoreError> {
        let sql = Sql::new(
            "SELECT standing.capability, COUNT(CASE WHEN standing.golden THEN 1 END) AS golden, \
             COUNT(CASE WHEN standing.vendor OR standing.homegrown THEN 1 END) AS off_path, \
             COUNT(CASE WHEN standing.eligible THEN 1 END) AS eligible FROM standing \
             JOIN entity ON entity.id = standing.entity_id \
             WHERE NOT standing.shadowed AND entity.kind = ",
        );
        let sql = sql.bind(EntityKind::Component.as_str()).add(" AND entity.owner_ref = ").bind(team.to_string());
        let rows: Vec<UseRow> =
            transaction::all(self.reader(), sql.add(" GROUP BY standing.capability ORDER BY standing.capability"))
                .await?;
        let ruleset = self.ruleset().await?;
        let title =
            |name: &str| ruleset.iter().find(|(_, held)| held.reference.name() == name).map(|(_, c)| c.title.clone());
        let some = |row: &UseRow| row.golden + row.off_path + row.eligible > 0;
        let of = |row: UseRow| TeamUse {
            title: title(&row.capability).unwrap_or_else(|| row.capability.clone()),
            capability: row.capability,
            golden: count(row.golden),
            off_path: count(row.off_path),
            eligible: count(row.eligible),
        };
        Ok(rows.into_iter().filter(some).map(of).collect())
    }

    /// Components of the team that components of other teams depend on, the most used first.
    async fn serves(&self, team: &EntityRef) -> Result<Vec<TeamServes>, StoreError> {
        let sql = Sql::new(
            "SELECT DISTINCT provider.ref AS component, provider.title, consumer.ref AS consumer, \
             consumer.owner_ref AS team FROM entity provider \
             JOIN relation ON relation.to_ref = provider.ref AND relation.kind = 'dependsOn' AND NOT relation.shadowed \
             JOIN entity consumer ON consumer.ref = relation.from_ref AND NOT consumer.shadowed \
             WHERE NOT provider.shadowed AND consumer.owner_ref NOT IN ('', provider.owner_ref) AND provider.kind = ",
        );
        let component = EntityKind::Component.as_str();
        let sql = sql.bind(component).add(" AND consumer.kind = ").bind(component);
        let sql = sql.add(" AND provider.owner_ref = ").bind(team.to_string());
        let mut served: BTreeMap<String, Consumers> = BTreeMap::new();
        for row in transaction::all::<ServesRow>(self.reader(), sql).await? {
            let of = served.entry(row.component).or_default();
            of.title = row.title;
            of.components.insert(row.consumer);
            of.teams.insert(row.team);
        }
        let mut out =
            served.into_iter().map(|(component, of)| serves(&component, of)).collect::<Result<Vec<_>, _>>()?;
        out.sort_by(|a, b| b.consumers.cmp(&a.consumers).then_with(|| a.component.cmp(&b.component)));
        Ok(out)
    }

    async fn champion_of(&self, team: &EntityRef) -> Result<Vec<String>, StoreError> {
        let team = team.clone();
        let found = self.answer_past(format!("champion {team}"), move |past| metrics::champion_of(past, &team)).await?;
        Ok(found.as_ref().clone())
    }
}

fn serves(component: &str, of: Consumers) -> Result<TeamServes, StoreError> {
    let component: EntityRef = read("reference", component)?;
    Ok(TeamServes {
        title: some_text(of.title).unwrap_or_else(|| component.name().to_owned()),
        component,
        consumers: of.components.len() as u64,
        teams: of.teams.iter().map(|team| read("reference", team)).collect::<Result<_, _>>()?,
    })
}

/// Homegrown platforms that the team takes part in, those first in which most of its own work is.
fn builds(shadows: &[ShadowDetail], team: &EntityRef) -> Vec<TeamShadow> {
    let part = |shadow: &ShadowDetail| {
        let own = shadow.ledger.iter().filter(|row| row.team.as_ref() == Some(team));
        TeamShadow {
            id: shadow.item.id.clone(),
            name: shadow.item.name.clone(),
            capability: shadow.item.capability.clone(),
            author_days: own.map(|row| row.author_days).sum(),
        }
    };
    let mut out: Vec<_> = shadows.iter().filter(|shadow| shadow.item.teams.contains(team)).map(part).collect();
    out.sort_by(|a, b| b.author_days.cmp(&a.author_days).then_with(|| a.name.cmp(&b.name)));
    out
}
