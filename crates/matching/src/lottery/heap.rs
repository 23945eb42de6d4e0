//! A heap in a slice, the greatest at the front.

/// Puts any order into that of a heap. O(length).
pub(super) fn arrange(heap: &mut [u64]) {
    for at in (0..heap.len() / 2).rev() {
        sink(heap, at);
    }
}

/// Puts another in the place of the greatest, and gives that. O(log length).
///
/// # Panics
///
/// When the heap is empty.
pub(super) fn replace(heap: &mut [u64], by: u64) -> u64 {
    let greatest = std::mem::replace(&mut heap[0], by);
    sink(heap, 0);
    greatest
}

/// Moves the greatest behind the others, which are a heap without it. O(log length).
///
/// # Panics
///
/// When the heap is empty.
pub(super) fn remove(heap: &mut [u64]) -> u64 {
    let last = heap.len() - 1;
    heap.swap(0, last);
    sink(&mut heap[..last], 0);
    heap[last]
}

/// Takes in what stands behind a heap. O(log length).
pub(super) fn insert(heap: &mut [u64]) {
    let mut at = heap.len() - 1;
    while at > 0 {
        let parent = (at - 1) / 2;
        if heap[parent] >= heap[at] {
            break;
        }
        heap.swap(parent, at);
        at = parent;
    }
}

fn sink(heap: &mut [u64], mut at: usize) {
    loop {
        let left = 2 * at + 1;
        let Some(&child) = heap.get(left) else {
            return;
        };
        let right = heap.get(left + 1).is_some_and(|&other| other > child);
        let child = left + usize::from(right);
        if heap[at] >= heap[child] {
            return;
        }
        heap.swap(at, child);
        at = child;
    }
}

#[cfg(test)]
mod tests {
    use super::{arrange, insert, remove, replace};

    #[test]
    fn what_comes_out_is_the_greatest_each_time() {
        let mut heap: Vec<u64> = (0..50).map(|number| number * 37 % 53).collect();
        let mut sorted = heap.clone();
        arrange(&mut heap);
        for by in [7, 60, 0, 41] {
            sorted.sort_unstable();
            let greatest = sorted.pop();
            assert_eq!(Some(replace(&mut heap, by)), greatest);
            sorted.push(by);
        }
        for further in [55, 3] {
            heap.push(further);
            insert(&mut heap);
            sorted.push(further);
        }
        sorted.sort_unstable();
        for length in (1..=heap.len()).rev() {
            assert_eq!(remove(&mut heap[..length]), sorted[length - 1]);
        }
        assert_eq!(heap, sorted);
    }
}
