//! A capability as one document writes it, and how it is laid over the starter capability of the same name.
//! It must not read documents.
use super::examples::Example;
use crate::catalog::model::{Capability, Exemption, Offer};
use shared::{
    Area, Confidence, EntityRef, OfferPath, Reach, RepoName, RepoPath, RuleSource,
    api::{Eligible, Interface, Target},
};

/// What a document says; what it leaves out is absent.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) reference: EntityRef,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) area: Option<Area>,
    pub(crate) owner: Option<EntityRef>,
    pub(crate) lifecycle: Option<String>,
    /// `spec.extends: none`: the starter capability of this name adds nothing.
    pub(crate) extends_nothing: bool,
    pub(crate) reach: Option<Reach>,
    pub(crate) eligible: Option<Eligible>,
    pub(crate) exempt: Vec<Exemption>,
    pub(crate) offers: Vec<DraftOffer>,
    pub(crate) interfaces: Vec<Interface>,
    pub(crate) start: Option<RepoPath>,
    pub(crate) target: Option<Target>,
}

/// An offer with the examples that prove its matchers.
#[derive(Debug, Clone)]
pub(crate) struct DraftOffer {
    /// The dotted path of the offer in its document.
    pub(crate) at: String,
    pub(crate) offer: Offer,
    /// As written; `offer` holds it once the draft is laid over the starter capability.
    pub(crate) confidence: Option<Confidence>,
    /// With the dotted path of each.
    pub(crate) examples: Vec<(String, Example)>,
    pub(crate) counterexamples: Vec<(String, Example)>,
}

/// Where a draft was written down.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) source: RuleSource,
    pub(crate) repository: Option<RepoName>,
    pub(crate) path: Option<RepoPath>,
    pub(crate) line: Option<u32>,
}

impl DraftOffer {
    /// The offer with its confidence: as written, else `possible` for a homegrown offer of the starter ruleset, which knows
    /// nobody's code, and `probable` for everything else.
    fn trusted(self, source: RuleSource) -> Offer {
        let is_guess = source == RuleSource::Starter && self.offer.path == OfferPath::Homegrown;
        let usual = if is_guess { Confidence::Possible } else { Confidence::Probable };
        Offer { confidence: self.confidence.unwrap_or(usual), ..self.offer }
    }
}

impl Draft {
    pub(crate) fn named(reference: EntityRef) -> Self {
        Self {
            reference,
            title: None,
            description: None,
            area: None,
            owner: None,
            lifecycle: None,
            extends_nothing: false,
            reach: None,
            eligible: None,
            exempt: vec![],
            offers: vec![],
            interfaces: vec![],
            start: None,
            target: None,
        }
    }

    /// The capability: what the draft says, and what it leaves out from the starter capability of the same name.
    /// Offers join by name, the draft's winning. `None` when nobody names an area.
    pub(crate) fn over(self, starter: Option<&Capability>, written: Written) -> Option<Capability> {
        let base = starter.filter(|_| !self.extends_nothing);
        let area = self.area.or(starter.map(|s| s.area))?;
        let mut offers: Vec<Offer> = self.offers.into_iter().map(|draft| draft.trusted(written.source)).collect();
        for inherited in base.map(|base| base.offers.as_slice()).unwrap_or_default() {
            if !offers.iter().any(|own| own.name == inherited.name) {
                offers.push(inherited.clone());
            }
        }
        let title = self.title.or_else(|| base.map(|base| base.title.clone()));
        Some(Capability {
            title: title.unwrap_or_else(|| self.reference.name().to_owned()),
            reference: self.reference,
            description: self.description.or_else(|| base.and_then(|base| base.description.clone())),
            area,
            owner: self.owner,
            lifecycle: self.lifecycle.unwrap_or_else(|| "ga".to_owned()),
            source: written.source,
            reach: self.reach.or(base.map(|base| base.reach)).unwrap_or(Reach::Component),
            eligible: self.eligible.or_else(|| base.and_then(|base| base.eligible.clone())),
            exempt: self.exempt,
            offers,
            interfaces: self.interfaces,
            start: self.start,
            target: self.target,
            repository: written.repository,
            path: written.path,
            line: written.line,
        })
    }
}
