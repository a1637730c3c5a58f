import { asc, eq } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Place } from '../incident/incident.ts';

/** An image that somebody put into the channel, without what it shows. */
export interface ImageRef extends Place {
  /** Slack's id of the file. */
  id: string;
  incident: string;
  name: string;
  /** `image/png`, `image/jpeg`, `image/gif` or `image/webp`. */
  type: string;
}

export interface Image extends ImageRef {
  bytes: Buffer;
}

export function imageReads({ db, t: { images } }: Ctx) {
  const { id, incident, channel, ts, name, type } = images;
  return {
    /** In the order of their messages. */
    async of(of: string): Promise<ImageRef[]> {
      return await db
        .select({ id, incident, channel, ts, name, type })
        .from(images)
        .where(eq(images.incident, of))
        .orderBy(asc(images.ts), asc(images.id));
    },

    async load(of: string): Promise<Image | undefined> {
      const [row] = await db.select().from(images).where(eq(images.id, of));
      return row;
    },
  };
}

export function imageWrites({ db, t: { images } }: Ctx) {
  return {
    /** The same image once, wherever else it was shared. */
    async keep(image: Image): Promise<void> {
      await db.insert(images).values(image).onConflictDoNothing();
    },
  };
}
