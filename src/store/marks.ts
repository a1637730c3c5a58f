import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Place } from '../incident/incident.ts';
import { batchesOf } from './batches.ts';

/** The name under which a pin stands among the reactions: no reaction has such a name. */
export const pinned = '*pin';

/** A reaction or a pin that somebody put on a message. */
export interface Mark extends Place {
  incident: string;
  /** Of the reaction, or `pinned`. */
  name: string;
  person: string;
  at: Date;
}

export function markReads({ db, t: { marks } }: Ctx) {
  return {
    /** Those that stand, oldest first. */
    async of(incident: string): Promise<Mark[]> {
      const rows = await db
        .select()
        .from(marks)
        .where(and(eq(marks.incident, incident), isNull(marks.removedAt)))
        .orderBy(asc(marks.at));
      return rows.map(toMark);
    },

    /** Those that stand on these messages. */
    async on(places: readonly Place[]): Promise<Mark[]> {
      const found: Mark[] = [];
      for (const batch of batchesOf(places)) {
        const rows = await db
          .select()
          .from(marks)
          .where(
            and(
              or(...batch.map(({ channel, ts }) => and(eq(marks.channel, channel), eq(marks.ts, ts)))),
              isNull(marks.removedAt),
            ),
          );
        found.push(...rows.map(toMark));
      }
      return found;
    },
  };
}

export function markWrites({ db, t: { marks } }: Ctx) {
  const target = [marks.channel, marks.ts, marks.name, marks.person];

  /** That it is pinned was read from the history; now Slack also says by whom. */
  async function forgetNameless({ channel, ts }: Place): Promise<void> {
    await db
      .delete(marks)
      .where(and(eq(marks.channel, channel), eq(marks.ts, ts), eq(marks.name, pinned), eq(marks.person, '')));
  }

  return {
    /** Whatever order they were told in, the later word counts. */
    async add(added: readonly Mark[]): Promise<void> {
      for (const mark of added) {
        if (mark.name === pinned && mark.person !== '') await forgetNameless(mark);
        await db
          .insert(marks)
          .values(mark)
          .onConflictDoUpdate({
            target,
            set: { at: mark.at, removedAt: null },
            setWhere: lte(marks.removedAt, mark.at),
          });
      }
    },

    /** Also of one that nobody has told of yet: when that comes late, it stays taken away. */
    async remove(removed: readonly Mark[]): Promise<void> {
      for (const mark of removed)
        await db
          .insert(marks)
          .values({ ...mark, removedAt: mark.at })
          .onConflictDoUpdate({ target, set: { removedAt: mark.at }, setWhere: lte(marks.at, mark.at) });
    },

    /** A pin is the message's and not a person's: whoever takes it away takes it away. */
    async unpin({ channel, ts }: Place, at: Date): Promise<void> {
      await db
        .update(marks)
        .set({ removedAt: at })
        .where(
          and(
            eq(marks.channel, channel),
            eq(marks.ts, ts),
            eq(marks.name, pinned),
            sql`${marks.removedAt} is null`,
            lte(marks.at, at),
          ),
        );
    },
  };
}

function toMark({ removedAt: _, ...mark }: Ctx['t']['marks']['$inferSelect']): Mark {
  return mark;
}
