//! Other people than the applicants: some left out, some there twice, with other lists and lots.

use crate::assessment::{Assessment, Entrants};

impl Assessment<'_> {
    /// Adds one of the people to `people`: with what an applicant of this assessment brings, but
    /// with a list of `list`, entrants of that applicant, and with the lottery numbers that `lot`
    /// gives at each programme where there is one (the lower goes first). [`Assessment::market_of`]
    /// makes a market of them.
    ///
    /// No key but the lottery number changes, so where [`RankingKey::ChoiceRank`] stands in the
    /// chain a list must keep its order; where the chain draws no lots there is no number to give.
    /// O(list), at a programme with quota groups O(log entrants) more.
    ///
    /// [`RankingKey::ChoiceRank`]: crate::RankingKey::ChoiceRank
    pub fn draw(
        &self,
        people: &mut Entrants,
        list: impl IntoIterator<Item = usize>,
        lot: Option<impl Fn(u32) -> u64>,
    ) {
        let (entrants, quotas) = (self.entrants(), self.dossiers().quotas);
        for from in list {
            let programme = entrants.programme[from];
            let lot = lot.as_ref().map(|lot| lot(programme));
            let groups = quotas.of(programme as usize);
            if !groups.is_empty() {
                people.claims.copy(&entrants.claims, (from, people.choice.len()), groups, lot);
            }
            let priority = entrants.priority[from];
            people.choice.push(entrants.choice[from]);
            people.programme.push(programme);
            people.priority.push(lot.map_or(priority, |lot| priority.with_lot(lot)));
            people.score.push(entrants.score[from]);
        }
        people.offsets.push(people.choice.len());
    }
}

impl Entrants {
    /// Empties it for people to be added, and keeps its memory.
    pub fn clear(&mut self) {
        self.offsets.clear();
        self.offsets.push(0);
        self.choice.clear();
        self.programme.clear();
        self.priority.clear();
        self.score.clear();
        self.claims.clear();
    }
}
