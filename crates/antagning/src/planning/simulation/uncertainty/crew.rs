//! The people of one draw.

use antagning_rules::Entrants;

use crate::planning::simulation::cast::{Cast, Person, Place, standing_at};
use crate::planning::simulation::uncertainty::Variation;
use crate::planning::simulation::uncertainty::luck::{Luck, copy_of};
use crate::planning::simulation::uncertainty::mallows::Mallows;
use crate::planning::simulation::uncertainty::subject::Subject;

/// Who is there in a draw, with the lists and lots of the draw. Its memory is used again.
#[derive(Debug, Default)]
pub(super) struct Crew {
    entrants: Entrants,
    people: Vec<Person>,
    /// By entrant, where it stands in the drawn list.
    places: Vec<Place>,
    /// Where the people begin who are applicants of the base, or copies of them.
    starts: Vec<u32>,
    scratch: Scratch,
}

/// The list of one person while it is drawn.
#[derive(Debug, Default)]
struct Scratch {
    order: Vec<u32>,
    /// For each choice of the stated list its place in the drawn one.
    place_of: Vec<u32>,
    /// The own choices by how well they suit.
    own: Vec<(u32, u32)>,
    /// For each own choice its place in the own list.
    own_place_of: Vec<u32>,
    list: Vec<(Place, u32)>,
}

impl Crew {
    pub(super) fn entrants(&self) -> &Entrants {
        &self.entrants
    }

    /// Draws the people of a season. `base` is the same draw of the base, where this is not it.
    pub(super) fn draw(
        &mut self,
        subject: &Subject<'_>,
        (variation, mallows): (&Variation, &Mallows),
        luck: Luck,
        base: Option<&Self>,
    ) {
        self.entrants.clear();
        self.people.clear();
        self.places.clear();
        self.starts.clear();
        for applicant in 0..subject.persons.len() {
            self.starts.push(self.people.len() as u32);
            let copies = match variation.cohort && !subject.fixed[applicant] {
                true => luck.copies(subject.persons[applicant]),
                false => 1,
            };
            let (source, is_copy) = subject.source(applicant);
            let mut present = 0;
            for copy in 0..copies {
                let person = copy_of(subject.persons[applicant], copy);
                if luck.stays_away(person, variation.no_shows) {
                    continue;
                }
                let known = match base {
                    None => Some(self.people.len()),
                    Some(_) if is_copy => None,
                    Some(base) => Some(base.starts[source] as usize + present),
                };
                present += 1;
                let own = subject.list(applicant);
                let takes_part = !own.is_empty() || subject.stated(source) > 0;
                self.people.push(Person { source, known, length: own.len(), takes_part });
                self.scratch.draw(subject, applicant, mallows, luck.list(person));
                self.places.extend(self.scratch.list.iter().map(|(place, _)| *place));
                let lot = (variation.lottery || copy > 0).then_some(|programme: u32| {
                    let at = subject.programmes.as_ref().map(|at| at[programme as usize]);
                    luck.lots(at)(person)
                });
                let list = self.scratch.list.iter().map(|(_, entrant)| *entrant as usize);
                subject.assessment.draw(&mut self.entrants, list, lot);
            }
        }
    }
}

impl Scratch {
    /// The entrants of an applicant in the order drawn, with their places.
    fn draw(
        &mut self,
        subject: &Subject<'_>,
        applicant: usize,
        mallows: &Mallows,
        number: impl Fn(u64) -> u64,
    ) {
        let Self { order, place_of, own, own_place_of, list } = self;
        let entrants = subject.assessment.entrants();
        let (source, _) = subject.source(applicant);
        let rows = subject.list(applicant);
        let stated = subject.stated(source);
        let still = mallows.is_still() || stated < 2;
        if !still {
            mallows.draw(stated, number, order);
            place_of.resize(stated, 0);
            order.iter().zip(0..).for_each(|(at, place)| place_of[*at as usize] = place);
        }
        let suits = |row: usize| {
            subject.origin(row, source).map(|(at, listed)| {
                standing_at(if still { at } else { place_of[at as usize] }, listed)
            })
        };
        // A choice stands where the drawn list has the one that it comes from.
        own.clear();
        own.extend(rows.clone().zip(0..).map(|(row, at)| (suits(row)[0], at)));
        if !still {
            own.sort_unstable();
        }
        own_place_of.resize(own.len(), 0);
        own.iter().zip(0..).for_each(|((_, at), place)| own_place_of[*at as usize] = place);
        list.clear();
        let bounds = entrants.offsets[applicant]..entrants.offsets[applicant + 1];
        list.extend(bounds.map(|entrant| {
            let row = entrants.choice[entrant] as usize;
            let [standing, as_before] = suits(row);
            let position = own_place_of[row - rows.start];
            (Place { position, standing, as_before }, entrant as u32)
        }));
        if !still {
            list.sort_unstable();
        }
    }
}

impl Cast for Crew {
    fn entrants(&self) -> &Entrants {
        &self.entrants
    }

    fn person(&self, number: usize) -> Person {
        self.people[number]
    }

    fn place(&self, _: usize, entrant: usize) -> Place {
        self.places[entrant]
    }
}
