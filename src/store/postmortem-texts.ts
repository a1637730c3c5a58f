import { and, asc, desc, eq } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';

/** One text that a section of a postmortem had. */
export interface Revision {
  section: string;
  /** Counts within the section. */
  revision: number;
  text: string;
  by: string;
  at: Date;
  /** Written over a text that its writer had not seen: kept, and not what counts. */
  aside: boolean;
}

/** `base`: the revision that the writer had before them; 0 where there was none. */
export interface Writing {
  incident: string;
  section: string;
  text: string;
  base: number;
  by: string;
  at: Date;
}

export function postmortemTextReads({ db, t: { postmortemTexts } }: Ctx) {
  const all = (incident: string, section?: string) =>
    db
      .select()
      .from(postmortemTexts)
      .where(
        and(
          eq(postmortemTexts.incident, incident),
          section !== undefined ? eq(postmortemTexts.section, section) : undefined,
        ),
      )
      .orderBy(asc(postmortemTexts.section), asc(postmortemTexts.revision));

  return {
    /** Every text of an incident, or of one section, oldest first. */
    async revisions(incident: string, section?: string): Promise<Revision[]> {
      return (await all(incident, section)).map(toRevision);
    },

    /** What counts now, by section. */
    async current(incident: string): Promise<Map<string, Revision>> {
      const counted = (await all(incident)).filter(({ aside }) => !aside).map(toRevision);
      return new Map(counted.map((revision) => [revision.section, revision]));
    },
  };
}

export function postmortemTextWrites({ db, t: { postmortemTexts } }: Ctx) {
  return {
    /**
     * Writes the next text of a section. Where somebody else wrote meanwhile, both are kept: this one aside, and `clash` is what
     * counts, for the writer to choose.
     */
    async write({ base, ...writing }: Writing): Promise<{ saved: Revision } | { clash: Revision; mine: Revision }> {
      const own = and(eq(postmortemTexts.incident, writing.incident), eq(postmortemTexts.section, writing.section));
      const rows = await db.select().from(postmortemTexts).where(own).orderBy(desc(postmortemTexts.revision));
      const counts = rows.find(({ aside }) => !aside);
      const aside = counts !== undefined && counts.revision !== base;
      const row = { ...writing, revision: (rows[0]?.revision ?? 0) + 1, aside };
      await db.insert(postmortemTexts).values(row);
      const mine = toRevision(row);
      return aside ? { clash: toRevision(counts), mine } : { saved: mine };
    },
  };
}

type Row = Ctx['t']['postmortemTexts']['$inferSelect'];

const toRevision = ({ incident: _, ...revision }: Row): Revision => revision;
