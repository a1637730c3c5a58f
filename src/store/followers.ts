import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Incident, Place } from '../incident/incident.ts';
import { openStatuses } from '../incident/lifecycle.ts';
import { batchesOf } from './batches.ts';
import { toIncident } from './incidents.ts';

type Row = Ctx['t']['followers']['$inferSelect'];
export type Follower = Omit<Row, 'state' | 'form' | 'channel' | 'ts'> & {
  state: 'following' | 'stopped' | 'lost';
  form: 'own' | 'digest';
  /** Where the message is, once it was sent. */
  place: Place | undefined;
};

export function followerReads({ db, t: { followers, incidents } }: Ctx) {
  const isOpen = inArray(incidents.status, [...openStatuses]);
  return {
    async of(incident: string, person: string): Promise<Follower | undefined> {
      const [row] = await db
        .select()
        .from(followers)
        .where(and(eq(followers.incident, incident), eq(followers.person, person)));
      return row && toFollower(row);
    },

    /** Whoever has been left longest with an old message comes first. */
    async all(incident: string): Promise<Follower[]> {
      const rows = await db
        .select()
        .from(followers)
        .where(eq(followers.incident, incident))
        .orderBy(asc(followers.shown), asc(followers.since), asc(followers.person));
      return rows.map(toFollower);
    },

    /** The open incidents that a person follows. */
    async open(person: string): Promise<Incident[]> {
      const rows = await db
        .select({ body: incidents.body })
        .from(incidents)
        .innerJoin(followers, and(eq(followers.incident, incidents.id), eq(followers.person, person)))
        .where(and(isOpen, eq(followers.state, 'following')))
        .orderBy(asc(incidents.number));
      return rows.map(({ body }) => toIncident(body));
    },

    /** The lines of a person's digest: of the message at `ts`, or of those that no message shows yet. */
    async digest(person: string, ts: string | null): Promise<{ follower: Follower; incident: Incident }[]> {
      const rows = await db
        .select({ follower: followers, body: incidents.body })
        .from(followers)
        .innerJoin(incidents, eq(incidents.id, followers.incident))
        .where(
          and(
            sql`${followers.form} = 'digest'`,
            eq(followers.person, person),
            ts === null ? isNull(followers.ts) : eq(followers.ts, ts),
          ),
        )
        .orderBy(asc(incidents.number));
      return rows.map(({ follower, body }) => ({ follower: toFollower(follower), incident: toIncident(body) }));
    },

    /** The digest that still runs: one of its incidents is open. */
    async runningDigest(person: string): Promise<Place | undefined> {
      const [row] = await db
        .select({ channel: followers.channel, ts: followers.ts })
        .from(incidents)
        .innerJoin(followers, and(eq(followers.incident, incidents.id), eq(followers.person, person)))
        .where(and(isOpen, eq(followers.form, 'digest'), isNotNull(followers.ts)))
        .limit(1);
      return row?.channel && row.ts ? { channel: row.channel, ts: row.ts } : undefined;
    },
  };
}

export function followerWrites(ctx: Ctx) {
  const { db, t } = ctx;
  const { followers } = t;
  const is = (incident: string, person: string) => and(eq(followers.incident, incident), eq(followers.person, person));
  return {
    /** Those whom a rule caught; whoever follows or stopped already stays as they are. */
    async caught(incident: string, people: readonly Pick<Follower, 'person' | 'form'>[], since: Date): Promise<void> {
      const rows = people.map((one) => ({
        ...one,
        incident,
        chosen: false,
        state: 'following',
        shown: 0,
        since,
      }));
      for (const batch of batchesOf(rows)) await db.insert(followers).values(batch).onConflictDoNothing();
    },

    /** Somebody asks for this very one: they get a message of its own, though a digest has a line about it. */
    async choose(incident: string, person: string, since: Date): Promise<void> {
      const before = await followerReads(ctx).of(incident, person);
      const keep = before?.form === 'own';
      const row = {
        chosen: true,
        state: 'following',
        form: 'own',
        ...(!keep && { channel: null, ts: null, shown: 0 }),
      };
      await db
        .insert(followers)
        .values({ incident, person, shown: 0, since, ...row })
        .onConflictDoUpdate({ target: [followers.incident, followers.person], set: row });
    },

    async put(incident: string, person: string, set: { state?: Follower['state']; shown?: number }): Promise<void> {
      await db.update(followers).set(set).where(is(incident, person));
    },

    async placed(incident: string, person: string, at: Place, shown: number): Promise<void> {
      await db.update(followers).set({ channel: at.channel, ts: at.ts, shown }).where(is(incident, person));
    },

    /** Every line that waits for a digest is in this one. */
    async digestPlaced(person: string, at: Place): Promise<void> {
      await db
        .update(followers)
        .set({ channel: at.channel, ts: at.ts })
        .where(and(eq(followers.person, person), sql`${followers.form} = 'digest'`, isNull(followers.ts)));
    },

    /** For somebody who left. */
    async stopAll(person: string): Promise<void> {
      await db
        .update(followers)
        .set({ state: 'lost' })
        .where(and(eq(followers.person, person), eq(followers.state, 'following')));
    },
  };
}

const toFollower = ({ channel, ts, ...row }: Row): Follower => ({
  ...row,
  state: row.state as Follower['state'],
  form: row.form as Follower['form'],
  place: channel && ts ? { channel, ts } : undefined,
});
