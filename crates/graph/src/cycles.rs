//! Cycles in a directed graph: its strongly connected components.

/// A node on the current path, with its edges that were not followed yet.
struct Visit<I> {
    at: usize,
    targets: I,
}

/// Finds the strongly connected components of `count` numbered nodes by Tarjan's algorithm, as a
/// loop, because chains may be thousands of nodes deep. Returns per node the number of the node
/// that represents its component; a node in no cycle represents itself.
pub fn cycles<I: Iterator<Item = usize>>(count: usize, targets: impl Fn(usize) -> I) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let (mut numbers, mut lowest, mut cycles) =
        (vec![UNSEEN; count], vec![0; count], vec![UNSEEN; count]);
    let mut next = 0;
    let mut open = Vec::new();
    for start in 0..count {
        let mut stack: Vec<Visit<I>> = Vec::new();
        let mut entered = (numbers[start] == UNSEEN).then_some(start);
        loop {
            if let Some(at) = entered.take() {
                (numbers[at], lowest[at]) = (next, next);
                next += 1;
                open.push(at);
                stack.push(Visit { at, targets: targets(at) });
            }
            let Some(visit) = stack.last_mut() else { break };
            let at = visit.at;
            if let Some(to) = visit.targets.next() {
                if numbers[to] == UNSEEN {
                    entered = Some(to);
                } else if cycles[to] == UNSEEN {
                    lowest[at] = lowest[at].min(numbers[to]);
                }
                continue;
            }
            stack.pop();
            if lowest[at] == numbers[at] {
                while let Some(member) = open.pop() {
                    cycles[member] = at;
                    if member == at {
                        break;
                    }
                }
            }
            if let Some(above) = stack.last() {
                lowest[above.at] = lowest[above.at].min(lowest[at]);
            }
        }
    }
    cycles
}
