//! Cycles in a directed graph: its strongly connected components.

/// One on the way down.
struct Visit<I> {
    at: usize,
    targets: I,
}

/// Tarjan's strongly connected components of `count` numbered things, as a loop: chains may be
/// thousands deep. Gives for each the number of one that stands for its cycle: its own, if it is in
/// none.
pub fn cycles<I: Iterator<Item = usize>>(count: usize, targets: impl Fn(usize) -> I) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let (mut numbers, mut lowest, mut cycles) =
        (vec![UNSEEN; count], vec![0; count], vec![UNSEEN; count]);
    let mut next = 0;
    let mut open = Vec::new();
    for start in 0..count {
        let mut way: Vec<Visit<I>> = Vec::new();
        let mut entered = (numbers[start] == UNSEEN).then_some(start);
        loop {
            if let Some(at) = entered.take() {
                (numbers[at], lowest[at]) = (next, next);
                next += 1;
                open.push(at);
                way.push(Visit { at, targets: targets(at) });
            }
            let Some(visit) = way.last_mut() else { break };
            let at = visit.at;
            if let Some(to) = visit.targets.next() {
                if numbers[to] == UNSEEN {
                    entered = Some(to);
                } else if cycles[to] == UNSEEN {
                    lowest[at] = lowest[at].min(numbers[to]);
                }
                continue;
            }
            way.pop();
            if lowest[at] == numbers[at] {
                while let Some(member) = open.pop() {
                    cycles[member] = at;
                    if member == at {
                        break;
                    }
                }
            }
            if let Some(above) = way.last() {
                lowest[above.at] = lowest[above.at].min(lowest[at]);
            }
        }
    }
    cycles
}
