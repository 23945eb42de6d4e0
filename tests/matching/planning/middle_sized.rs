//! Markets of the middle size: 20 to 60 programmes, 500 to 1 000 applicants with lists of two to four,
//! 1 to 60 seats to add.

/// A market in plain vectors, and how many seats are to be added.
pub(crate) struct MiddleSized {
    /// By programme.
    pub(crate) seats: Vec<u32>,
    /// By applicant: programmes with priorities, most wanted first.
    pub(crate) lists: Vec<Vec<(usize, u64)>>,
    pub(crate) to_add: u32,
}

impl MiddleSized {
    /// A market from a sequence of random numbers.
    ///
    /// Priorities are a merit of each applicant's own, or one for each choice, or their sum; programmes
    /// are alike, or some are far more popular.
    pub(crate) fn drawn(mut next: impl FnMut() -> u64) -> Self {
        let mut below = |bound: u64| next() % bound;
        let (programmes, applicants) = (20 + below(41), 500 + below(501));
        let mean = applicants * (40 + below(70)) / 100 / programmes;
        let seats = (0..programmes).map(|_| mean / 2 + below(mean.max(1) + 1));
        let seats: Vec<u32> = seats.map(|seats| seats as u32).collect();
        let (steep, common, own) = (below(2) == 0, below(2), below(2));
        let popularity = |programme: u64| if steep { 1 + 60 / (1 + programme) } else { 1 };
        let total: u64 = (0..programmes).map(popularity).sum();
        let lists = (0..applicants).map(|applicant| {
            let (length, merit) = (2 + below(3) as usize, below(1_000));
            let mut list: Vec<(usize, u64)> = Vec::new();
            while list.len() < length {
                let mut at = below(total);
                let drawn = (0..programmes).find(|&programme| {
                    let found = at < popularity(programme);
                    at = at.saturating_sub(popularity(programme));
                    found
                });
                let drawn = drawn.expect("below the total") as usize;
                if list.iter().all(|(listed, _)| *listed != drawn) {
                    let score = common * merit + own * below(1_000);
                    list.push((drawn, score << 32 | applicant));
                }
            }
            list
        });
        let lists = lists.collect();
        Self { seats, lists, to_add: 1 + below(60) as u32 }
    }
}
