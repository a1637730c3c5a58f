import { columns } from './columns.sqlite.ts';
import { defineSchema } from './schema.ts';

export const { meta, counters, policies, incidents, record, inbox, forms, outbox, ownPosts } = defineSchema(columns);
