//! Programme-proposing deferred acceptance as a textbook has it.

/// The stable placement that is best for the programmes and worst for the applicants.
pub(crate) fn programme_proposing(seats: &[u32], lists: &[Vec<(u32, u32)>]) -> Vec<Option<u32>> {
    let mut offers: Vec<Vec<(u32, usize)>> = vec![Vec::new(); seats.len()];
    for (applicant, list) in lists.iter().enumerate() {
        for &(programme, key) in list {
            offers[programme as usize].push((key, applicant));
        }
    }
    for queue in &mut offers {
        queue.sort_unstable();
    }
    let rank = |applicant: usize, programme: u32| {
        lists[applicant].iter().position(|&(listed, _)| listed == programme)
    };
    let mut placement: Vec<Option<u32>> = vec![None; lists.len()];
    loop {
        let mut nothing_moved = true;
        for programme in 0..seats.len() as u32 {
            let filled = placement.iter().filter(|&&p| p == Some(programme)).count();
            if filled >= seats[programme as usize] as usize {
                continue;
            }
            let Some((_, applicant)) = offers[programme as usize].pop() else { continue };
            nothing_moved = false;
            if placement[applicant]
                .is_none_or(|now| rank(applicant, programme) < rank(applicant, now))
            {
                placement[applicant] = Some(programme);
            }
        }
        if nothing_moved {
            return placement;
        }
    }
}
