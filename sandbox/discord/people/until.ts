import type { BotDesk } from '../bot/bot-desk.js';

const DEADLINE_MS = 60_000;

/** Resolves as soon as the bot has brought it about. Rejects with what was waited for when it does not. */
export function until<Result>(desk: BotDesk, look: () => Result | null, what: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = desk.watch(() => {
      check();
    });
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`The bot did not ${what}. Refused so far: ${desk.refusals.join(' | ') || 'nothing'}`));
    }, DEADLINE_MS);
    const check = (): void => {
      const result = look();
      if (result !== null) {
        stop();
        clearTimeout(timer);
        resolve(result);
      }
    };
    check();
  });
}
