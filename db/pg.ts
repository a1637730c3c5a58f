import { columns } from './columns.pg.ts';
import { defineSchema } from './schema.ts';

export const {
  meta,
  counters,
  policies,
  incidents,
  incidentTags,
  record,
  inbox,
  forms,
  outbox,
  ownPosts,
  subscriptions,
  followers,
  homes,
  messages,
  marks,
  captures,
  images,
  postmortemTexts,
  sessions,
  signIns,
} = defineSchema(columns);
