import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * Loaded into a server before its own code (`node --import`): all of its time runs CHAOS_SPEED times faster, counted from
 * CHAOS_EPOCH (unix milliseconds), the clock as well as every wait. What the server does, it does at its real pace. Two
 * servers with the same epoch agree on the time. The server itself knows nothing of this and has no switch for it.
 */
const speed = Number(process.env.CHAOS_SPEED);
const epoch = Number(process.env.CHAOS_EPOCH);
const RealDate = Date;
const now = () => Math.floor(epoch + (RealDate.now() - epoch) * speed);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: (target) => new target(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

/** The same function, with the milliseconds at that place made shorter. */
function faster(real, place) {
  const shortened = (...args) => {
    args[place] = (args[place] ?? 0) / speed;
    return real(...args);
  };
  return Object.defineProperties(shortened, Object.getOwnPropertyDescriptors(real));
}

const require = createRequire(import.meta.url);
const [timers, promises] = [require('node:timers'), require('node:timers/promises')];
promises.setTimeout = faster(promises.setTimeout, 0);
promises.setInterval = faster(promises.setInterval, 0);
timers.setTimeout = globalThis.setTimeout = faster(globalThis.setTimeout, 1);
timers.setInterval = globalThis.setInterval = faster(globalThis.setInterval, 1);
const realTimeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (milliseconds) => realTimeout(Math.ceil(milliseconds / speed));
syncBuiltinESMExports();
