import { Database } from '../../src/storage/db.ts';
import { monthBudget } from '../../src/storage/month-budget.ts';
import { runStore } from '../../src/storage/run-store.ts';
import { takeStore } from '../../src/storage/take-store.ts';
import { storeContract } from '../contract/store-contract.ts';

storeContract('IndexedDB', async (now) => {
  const db = new Database(`stores-${Math.random()}`);
  return {
    runs: runStore(db, now),
    takes: takeStore(db, now),
    month: monthBudget(db, now),
    putArtifact: async (hash) =>
      void (await db.artifacts.put({ hash, kind: 'image', mime: 'image/png', bytes: 1, lastUsedAt: now() })),
  };
});
