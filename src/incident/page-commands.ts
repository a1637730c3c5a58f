import * as z from 'zod';
import { line, longestText, number, Place, person, visibleLine } from './fields.ts';

/** What is woken with reads it at night, on a telephone. */
export const longestReason = 500;

/** PagerDuty, or a way beside it for when that does not accept. */
export const pageWays = ['pagerduty', 'second-key', 'mail', 'webhook'] as const;
export type PageWay = (typeof pageWays)[number];
const way = z.enum(pageWays);

/** Where the pager keeps it. */
export const PageOutside = z.object({ id: z.string(), url: z.string().optional() });
export type PageOutside = z.infer<typeof PageOutside>;

/** Who answered: as the pager knows them, and in Slack where that is known. */
export const Taker = z.object({
  account: z.string().optional(),
  name: z.string().optional(),
  person: z.string().optional(),
});
export type Taker = z.infer<typeof Taker>;

/** A request to help with a page that is there already: whom that rings, and when it was made by the pager's clock. */
export const HelpAsked = z.object({ people: z.array(Taker), at: z.date() });
export type HelpAsked = z.infer<typeof HelpAsked>;

/** Somebody asks for help: a target of the policy by its key, or a person. */
export const AskPage = z.object({
  type: z.literal('askPage'),
  whom: z.union([z.object({ target: z.string() }), z.object({ person })]),
  why: visibleLine(longestReason),
});
export type AskPage = z.infer<typeof AskPage>;

/** "I take it", said in Slack. */
export const TakePage = z.object({ type: z.literal('takePage'), page: number, person });
export type TakePage = z.infer<typeof TakePage>;
/** On to whoever comes next in the escalation policy. */
export const EscalatePage = z.object({ type: z.literal('escalatePage'), page: number });
export type EscalatePage = z.infer<typeof EscalatePage>;

/** The clock says so, nobody else: whether nobody has taken it for too long. */
export const CheckPage = z.object({ type: z.literal('checkPage'), page: number });
export type CheckPage = z.infer<typeof CheckPage>;

/** What came of one way. `late`: it has not been accepted in time, and is still being tried. */
export const ReportPageWay = z.object({
  type: z.literal('reportPageWay'),
  page: number,
  way,
  outcome: z.enum(['accepted', 'late', 'failed']),
  why: line(longestText).optional(),
  outside: PageOutside.optional(),
  /** Whom it rings, by name. */
  assigned: z.array(z.string()).optional(),
  asked: HelpAsked.optional(),
});
export type ReportPageWay = z.infer<typeof ReportPageWay>;

export const pageNews = [
  'triggered',
  'acknowledged',
  'unacknowledged',
  'escalated',
  'reassigned',
  'resolved',
  'reopened',
  'declined',
] as const;

/** What happened to it at the pager, and when it happened there; reports come late, twice and in any order. */
export const ReportPageState = z.object({
  type: z.literal('reportPageState'),
  page: number,
  what: z.enum(pageNews),
  at: z.date(),
  by: Taker.optional(),
  /** It was done in the bot's own name, as what is done here for people without an account is. */
  echo: z.boolean().default(false),
  /** Who is paged now, by name. */
  assigned: z.array(z.string()).default([]),
  level: z.number().optional(),
  outside: PageOutside.optional(),
});
export type ReportPageState = z.infer<typeof ReportPageState>;

export const ReportPageNote = z.object({
  type: z.literal('reportPageNote'),
  page: number,
  text: line(longestText),
  by: Taker.optional(),
});
export type ReportPageNote = z.infer<typeof ReportPageNote>;

/** Its message in the thread of the headline. */
export const ReportPageShown = z.object({ type: z.literal('reportPageShown'), page: number, at: Place });
export type ReportPageShown = z.infer<typeof ReportPageShown>;

/** Who an account of the pager's is in Slack. */
export const ReportPageTaker = z.object({
  type: z.literal('reportPageTaker'),
  page: number,
  account: z.string(),
  person,
});
export type ReportPageTaker = z.infer<typeof ReportPageTaker>;
