import "core-js/actual/array/from";
import { BehaviorSubject, Observable, combineLatest, from, merge, of, timer } from "rxjs";
import { catchError, concatMap, debounceTime, filter, map, mergeMap, reduce, scan, switchMap, take, toArray } from "rxjs/operators";

const seen = [];
from([1, 2, 3, 4])
  .pipe(filter((n) => n % 2 === 0), map((n) => n * n), scan((sum, n) => sum + n, 0))
  .subscribe({ next: (n) => seen.push(n), complete: () => seen.push("complete") });
assert.deepEqual(seen, [4, 20, "complete"]);

const subject = new BehaviorSubject("a");
const letters = [];
const subscription = combineLatest([subject, of(1)]).subscribe(([letter, n]) => letters.push(letter + n));
subject.next("b");
subscription.unsubscribe();
subject.next("c");
assert.deepEqual(letters, ["a1", "b1"]);

let failed;
new Observable((observer) => observer.error(new Error("boom")))
  .pipe(catchError((error) => of(error.message)))
  .subscribe((message) => (failed = message));
assert.equal(failed, "boom");

const finish = done.async();
merge(timer(20), timer(5).pipe(switchMap(() => of("x", "y"))), of(1).pipe(debounceTime(1)))
  .pipe(concatMap((each) => of(each)), mergeMap((each) => [each]), take(4), toArray(), reduce((_, all) => all))
  .subscribe({
    next: (all) => {
      assert.equal(all.length, 4);
      assert.deepEqual(all.slice(-1), [0]);
    },
    error: finish,
    complete: () => {
      log("ok");
      finish();
    },
  });
