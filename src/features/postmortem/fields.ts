/**
 * What a template and the texts of people can name. `line`: words without a break, `text`: with breaks, `address`: where a link or an
 * image leads. `{{#name}}` asks of each whether there is one.
 */
export interface Fields {
  readonly [name: string]: 'line' | 'text' | 'address' | { readonly each: Fields };
}

const stretch = { started: 'line', ended: 'line', duration: 'line', share: 'line', journeys: 'line' } as const;
const file = { name: 'line', address: 'address' } as const;
const task = { number: 'line', text: 'line', owner: 'line', due: 'line' } as const;

export const fields = {
  number: 'line',
  title: 'line',
  summary: 'text',
  severity: 'line',
  status: 'line',
  services: 'line',
  practice: 'line',
  private: 'line',
  owner: 'line',

  /** What customers felt, as a sentence; and the figures in it, each as far as it is known. */
  customers: 'line',
  felt: 'line',
  impactStarted: 'line',
  impactEnded: 'line',
  impactDuration: 'line',
  impactShare: 'line',
  /** Minutes by the share of customers. */
  impactWeighted: 'line',
  journeys: 'line',
  /** Where there was more than one. */
  stretches: { each: stretch },

  detected: 'line',
  detectedAfter: 'line',
  declared: 'line',
  declaredAfter: 'line',
  declaredBy: 'line',
  milestones: { each: { name: 'line', at: 'line', after: 'line' } },

  updatesPosted: 'line',
  updatesPromised: 'line',
  updatesOnTime: 'line',

  /** What fixed it, as whoever resolved it said. */
  fix: 'text',
  timeline: {
    each: {
      /** Of the first entry of a day only. */
      day: 'line',
      time: 'line',
      /** The role its author had then. */
      role: 'line',
      who: 'line',
      text: 'text',
      link: 'address',
      images: { each: file },
      files: { each: file },
    },
  },
  roles: { each: { role: 'line', person: 'line', from: 'line', until: 'line' } },
  people: 'line',
  peopleCount: 'line',
  followUps: {
    each: { ...task, state: 'line', kind: 'line', priority: 'line', proof: 'line', ticket: 'line', link: 'address' },
  },
  tasks: { each: { ...task, state: 'line' } },
  links: { each: { title: 'line', link: 'address' } },
  related: 'line',
} as const satisfies Fields;

/** What fills a set of fields: what is not known is absent. */
export type Values<F extends Fields = typeof fields> = {
  [Name in keyof F]?: F[Name] extends { each: infer Each extends Fields } ? Values<Each>[] : string | undefined;
};
