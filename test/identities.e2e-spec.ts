import { UnitOfWork } from '../src/events/unit-of-work.js';
import { Identities } from '../src/modules/auth/index.js';
import { TestApp } from './support/test-app.js';

const grace = { kind: 'discord', subject: '80351110224678912', name: 'Grace', pictureUrl: null } as const;

describe('identities', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const arrive = () => app.get(UnitOfWork).run(({ manager }) => app.get(Identities).findOrRegister(manager, grace));

  describe('someone whom another service vouches for', () => {
    it('becomes a user the first time, and is that user ever after', async () => {
      const first = await arrive();
      const second = await arrive();

      expect(first.isNew).toBe(true);
      expect(second).toEqual({ userId: first.userId, isNew: false });
      expect(await app.sql('select id, display_name from app_user')).toEqual([
        { id: first.userId, display_name: 'Grace' },
      ]);
      expect(await app.sql('select action, details from audit_entry')).toEqual([
        { action: 'user.registered', details: { method: 'discord' } },
      ]);
    });

    it('is one user, however many requests arrive at once', async () => {
      const arrivals = await Promise.all(Array.from({ length: 5 }, arrive));

      expect(new Set(arrivals.map(({ userId }) => userId)).size).toBe(1);
      expect(arrivals.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(await app.sql('select count(*)::int as n from app_user')).toEqual([{ n: 1 }]);
    });
  });
});
