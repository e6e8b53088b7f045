// Everything that may run JavaScript in the middle of a native operation on a buffer.
const RAB = (n, max = n * 4) => new ArrayBuffer(n, { maxByteLength: max });
const TYPES = [
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
];
const detach = (b) => b.transfer();
const HOOKS = {
  detach,
  shrink: (b) => b.resize(0),
  half: (b) => b.resize((b.byteLength >> 1) & ~7),
  grow: (b) => b.resize(b.maxByteLength),
};
const show = (v) =>
  typeof v === "bigint"
    ? v + "n"
    : ArrayBuffer.isView(v) && !(v instanceof DataView)
      ? v.constructor.name + "[" + [...v].slice(0, 12) + "]" + v.length
      : Array.isArray(v)
        ? "[" + v.map(show) + "]"
        : v instanceof ArrayBuffer
          ? "ab" + v.byteLength
          : typeof v === "object" && v
            ? "obj"
            : String(v);
export function run(log) {
  for (const [hn, hook] of Object.entries(HOOKS))
    for (const T of TYPES)
      for (const tracking of [true, false]) {
        const big = T === BigInt64Array,
          one = big ? 1n : 1,
          zero = big ? 0n : 0;
        const ops = {
          set: (v, at) => v.set([at(one), at(one)], 1),
          fill: (v, at) => v.fill(at(one)),
          fillStart: (v, at) => v.fill(one, at(1)),
          fillEnd: (v, at) => v.fill(one, 0, at(5)),
          slice: (v, at) => v.slice(at(1)),
          sliceEnd: (v, at) => v.slice(0, at(6)),
          subarray: (v, at) => v.subarray(at(1)),
          copyWithin: (v, at) => v.copyWithin(0, at(2)),
          copyWithin3: (v, at) => v.copyWithin(0, 2, at(5)),
          includes: (v, at) => v.includes(one, at(0)),
          indexOf: (v, at) => v.indexOf(one, at(0)),
          lastIndexOf: (v, at) => v.lastIndexOf(one, at(7)),
          at: (v, at) => v.at(at(2)),
          with: (v, at) => v.with(1, at(one)),
          withIndex: (v, at) => v.with(at(1), one),
          join: (v, at) =>
            v.join({
              toString() {
                at(0);
                return "-";
              },
            }),
          sort: (v, at) => {
            let k = 0;
            return v.sort((a, b) => {
              if (k++ === 3) at(0);
              return Number(a - b);
            });
          },
          toSorted: (v, at) => {
            let k = 0;
            return v.toSorted((a, b) => {
              if (k++ === 3) at(0);
              return Number(b - a);
            });
          },
          map: (v, at) => v.map((x, i) => (i === 1 && at(0), x)),
          filter: (v, at) => v.filter((x, i) => (i === 1 && at(0), true)),
          forEach: (v, at) => {
            let n = 0;
            v.forEach((x, i) => {
              n++;
              if (i === 1) at(0);
            });
            return n;
          },
          reduce: (v, at) => v.reduce((a, x, i) => (i === 1 && at(0), a + String(x)), ""),
          reduceRight: (v, at) => v.reduceRight((a, x, i) => (i === 3 && at(0), a + String(x)), ""),
          find: (v, at) => v.find((x, i) => (i === 1 && at(0), false)),
          findLast: (v, at) => v.findLast((x, i) => (i === 3 && at(0), false)),
          every: (v, at) => v.every((x, i) => (i === 1 && at(0), true)),
          some: (v, at) => v.some((x, i) => (i === 1 && at(0), false)),
          iterate: (v, at) => {
            let r = [];
            let i = 0;
            for (const x of v) {
              r.push(x);
              if (i++ === 1) at(0);
            }
            return r;
          },
          entries: (v, at) => {
            let r = [];
            let i = 0;
            for (const [k] of v.entries()) {
              r.push(k);
              if (i++ === 1) at(0);
            }
            return r;
          },
          spread: (v, at) => Math.max.apply(null, (at(0), [...v].map(Number))),
          index: (v, at) => {
            v[0] = at(one);
            return v[0];
          },
          from: (v, at) => T.from(v, (x, i) => (i === 1 && at(0), x)),
          construct: (v, at) => {
            at(0);
            return new T(v);
          },
          toReversed: (v, at) => {
            at(0);
            return v.toReversed();
          },
          reverse: (v, at) => {
            at(0);
            return v.reverse();
          },
          species: (v, at) => {
            v.constructor = {
              [Symbol.species]: function (n) {
                at(0);
                return new T(n);
              },
            };
            return v.slice(0, 4);
          },
          speciesMap: (v, at) => {
            v.constructor = {
              [Symbol.species]: function (n) {
                at(0);
                return new T(n);
              },
            };
            return v.map((x) => x);
          },
          speciesSelf: (v) => {
            v.constructor = {
              [Symbol.species]: function () {
                return new T(v.buffer);
              },
            };
            return v.slice(1, 4);
          },
          speciesSub: (v, at) => {
            v.constructor = {
              [Symbol.species]: function () {
                at(0);
                return new T(8);
              },
            };
            return v.subarray(1, 3);
          },
          setTyped: (v) => {
            const s = new T(v.buffer, 8);
            s.set(v.subarray(0, 1));
            return s;
          },
          dataGet: (v, at) => new DataView(v.buffer).getInt8(at(1)),
          dataSet: (v, at) => new DataView(v.buffer).setFloat64(8, at(1)),
          dataSetIdx: (v, at) => new DataView(v.buffer).setInt16(at(2), 1),
          dataLength: (v, at) => {
            const d = new DataView(v.buffer);
            at(0);
            return d.byteLength;
          },
          dataMake: (v, at) => new DataView(v.buffer, at(4)).byteLength,
          dataMake2: (v, at) => new DataView(v.buffer, 0, at(8)).byteLength,
          abSlice: (v, at) => v.buffer.slice(at(1)),
          abSliceSpecies: (v, at) => {
            const b = v.buffer;
            b.constructor = {
              [Symbol.species]: function (n) {
                at(0);
                return new ArrayBuffer(n);
              },
            };
            return b.slice(0, 16);
          },
          abSliceSame: (v) => {
            const b = v.buffer;
            b.constructor = {
              [Symbol.species]: function () {
                return b;
              },
            };
            return b.slice(0, 16);
          },
          transfer: (v, at) => v.buffer.transfer(at(16)),
          transferFixed: (v, at) => v.buffer.transferToFixedLength(at(16)),
          resize: (v, at) => v.buffer.resize(at(16)),
          atomicsLoad: (v, at) => Atomics.load(v, at(1)),
          atomicsStore: (v, at) => Atomics.store(v, 1, at(one)),
          atomicsAdd: (v, at) => Atomics.add(v, 1, at(one)),
          atomicsCas: (v, at) => Atomics.compareExchange(v, 1, at(one), one),
          atomicsCas2: (v, at) => Atomics.compareExchange(v, 1, zero, at(one)),
          atomicsXor: (v, at) => Atomics.xor(v, 1, at(one)),
          atomicsExchange: (v, at) => Atomics.exchange(v, 1, at(one)),
          newTarget: (v, at) =>
            Reflect.construct(
              T,
              [v],
              Object.defineProperty(function () {}.bind(null), "prototype", {
                get() {
                  at(0);
                  return T.prototype;
                },
              }),
            ),
          newTargetBuf: (v, at) =>
            Reflect.construct(
              T,
              [v.buffer],
              Object.defineProperty(function () {}.bind(null), "prototype", {
                get() {
                  at(0);
                  return T.prototype;
                },
              }),
            ),
          newTargetBuf3: (v, at) =>
            Reflect.construct(
              T,
              [v.buffer, 8, 2],
              Object.defineProperty(function () {}.bind(null), "prototype", {
                get() {
                  at(0);
                  return T.prototype;
                },
              }),
            ),
          offset: (v, at) => new T(v.buffer, at(8)),
          length: (v, at) => new T(v.buffer, 0, at(2)),
          defineProperty: (v, at) =>
            Object.defineProperty(v, 1, {
              get value() {
                at(0);
                return one;
              },
            }),
          reflectSet: (v, at) => Reflect.set(v, 0, at(one)),
          assign: (v, at) =>
            Object.assign(v, {
              get 0() {
                at(0);
                return one;
              },
            }),
          keys: (v, at) => {
            at(0);
            return Object.keys(v).length;
          },
          json: (v, at) => {
            at(0);
            return big ? 0 : JSON.stringify(v).length;
          },
          concat: (v, at) => {
            at(0);
            return [].concat(v).length;
          },
          toLocale: (v, at) => {
            at(0);
            return v.toLocaleString().length;
          },
        };
        for (const [name, op] of Object.entries(ops)) {
          const buffer = RAB(64),
            v = tracking ? new T(buffer) : new T(buffer, 0, 8);
          if (v.length < 4) continue;
          for (let i = 0; i < v.length; i++) v[i] = big ? BigInt(i % 5) : i % 5;
          let once = false;
          const at = (x) => ({
            valueOf() {
              if (!once) {
                once = true;
                hook(buffer);
              }
              return x;
            },
          });
          const at2 = (x) => {
            const o = at(x);
            if (x === 0) {
              o.valueOf();
              return 0;
            }
            return o;
          };
          let r;
          try {
            r = show(op(v, at2));
          } catch (e) {
            r = e.constructor.name;
          }
          log(`${hn} ${T.name} ${tracking ? "following" : "of a length"} ${name}`, [
            r,
            v.length,
            buffer.byteLength,
          ]);
        }
      }
}
