import type { Incident } from '../../incident/incident.ts';
import type { PostmortemStatus } from '../../incident/postmortem.ts';

/** A section of a postmortem as it reads now: its own words with everything filled in. */
export interface Section {
  /** From the template, such as `customer-impact`. */
  key: string;
  title: string;
  /** Markdown (CommonMark with tables). An image is `![name](image:<id>)`, its bytes are in the table `images`. */
  markdown: string;
  /** Of the text that counts; 0 where nobody has written it yet. */
  revision: number;
}

/** A postmortem, put together from the record, the messages and what people wrote. What was erased is not in it. */
export interface Document {
  incident: Incident;
  title: string;
  status: PostmortemStatus;
  owner?: string;
  sections: Section[];
  /** The names of the services, as people know them. */
  services: string[];
  /** Names of people by their Slack id, for whoever renders `@U012`. */
  names: ReadonlyMap<string, string>;
  madeAt: Date;
}
