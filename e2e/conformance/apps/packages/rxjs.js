import {
  BehaviorSubject,
  combineLatest,
  concat,
  defer,
  EMPTY,
  firstValueFrom,
  from,
  interval,
  lastValueFrom,
  merge,
  of,
  ReplaySubject,
  Subject,
  throwError,
  timer,
  toArray,
  zip,
} from "rxjs";
import {
  bufferCount,
  catchError,
  concatMap,
  debounceTime,
  delay,
  distinctUntilChanged,
  filter,
  groupBy,
  map,
  mergeMap,
  reduce,
  retry,
  scan,
  share,
  switchMap,
  take,
  takeUntil,
  throttleTime,
  timeout,
} from "rxjs/operators";

const all = (observable) => lastValueFrom(observable.pipe(toArray()));

export const cases = {
  pipes: () =>
    all(
      of(1, 2, 3, 4).pipe(
        filter((n) => n % 2 === 0),
        map((n) => n * 10),
        scan((a, b) => a + b, 0),
      ),
    ),
  "flattens in order": () => all(of(3, 1, 2).pipe(concatMap((n) => of(n).pipe(delay(n))))),
  "flattens as it comes": () => all(of(30, 1, 15).pipe(mergeMap((n) => of(n).pipe(delay(n))))),
  "the last one wins": () => all(of(1, 2, 3).pipe(switchMap((n) => of(n).pipe(delay(2))))),
  groups: () =>
    all(
      from(["a", "bb", "cc", "d"]).pipe(
        groupBy((t) => t.length),
        mergeMap((group) => group.pipe(toArray())),
      ),
    ),
  "zips and combines": async () => [
    await all(zip(of(1, 2), of("a", "b"))),
    await all(combineLatest([of(1, 2), of(3)])),
  ],
  buffers: () => all(of(1, 2, 3, 4, 5).pipe(bufferCount(2))),
  subjects: async () => {
    const seen = [];
    const subject = new Subject();
    const behavior = new BehaviorSubject(0);
    const replay = new ReplaySubject(2);
    subject.subscribe((v) => seen.push(["subject", v]));
    for (const v of [1, 2, 3]) [subject, behavior, replay].forEach((each) => each.next(v));
    behavior.subscribe((v) => seen.push(["behavior", v]));
    replay.subscribe((v) => seen.push(["replay", v]));
    return seen;
  },
  errors: () =>
    all(
      concat(
        of(1),
        throwError(() => new Error("no")),
      ).pipe(catchError(({ message }) => of(message))),
    ),
  retries: () => {
    let attempts = 0;
    return all(
      defer(() => (++attempts < 3 ? throwError(() => new Error("again")) : of(attempts))).pipe(retry(3)),
    );
  },
  "times out": () =>
    firstValueFrom(timer(1000).pipe(timeout(5))).catch(({ name, message }) => [name, message]),
  "nothing at all": () => firstValueFrom(EMPTY).catch(({ name }) => name),
  time: () =>
    all(
      interval(2).pipe(
        take(4),
        reduce((a, b) => a + b, 0),
      ),
    ),
  "until another": () =>
    all(
      interval(5).pipe(
        takeUntil(timer(18)),
        distinctUntilChanged(),
        map(() => "tick"),
        take(2),
      ),
    ),
  "debounces and throttles": async () => [
    await all(of(1, 2, 3).pipe(debounceTime(2))),
    await all(of(1, 2, 3).pipe(throttleTime(2))),
  ],
  "is shared": async () => {
    let made = 0;
    const source = defer(() => of(++made).pipe(delay(2))).pipe(share());
    return Promise.all([firstValueFrom(source), firstValueFrom(source), all(merge(of(0)))]);
  },
  "of promises and iterators": () =>
    all(
      concat(
        from(Promise.resolve(1)),
        from(new Set([2, 3])),
        from(
          (async function* () {
            yield 4;
          })(),
        ),
      ),
    ),
};
