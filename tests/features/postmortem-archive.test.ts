import { existsSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { type Plan, planOf, type Step } from '../../replay/plan.ts';
import { type Entry, readSource } from '../../replay/source.ts';
import type { Document } from '../../src/features/postmortem/document.ts';
import { escapeText } from '../../src/features/postmortem/markdown.ts';
import { readDocument } from '../../src/features/postmortem/read.ts';
import { moment } from '../../src/features/postmortem/when.ts';
import type { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { loadPolicy } from '../../src/policy.ts';
import { duration } from '../../src/slack/blocks.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { onSqlite } from '../support/databases.ts';

/** Real incidents with every update; they are no part of the project. */
const file = '../shared/data/github-incidents.jsonl';
const isThere = existsSync(file);
if (!isThere) console.warn(`SKIPPED: ${file} is not there, so no real incident was made a postmortem of.`);

const by = 'U0ANA';
const policy = loadPolicy('config/tocsin.yml');

function commandOf(step: Step, { title, severity, felt }: Plan): Command {
  switch (step.do) {
    case 'declare':
      return {
        type: 'declare',
        title,
        severity,
        services: [],
        impact: { felt },
        summary: '',
        isPrivate: false,
        isPractice: false,
      };
    case 'update':
      return { type: 'postUpdate', text: step.text };
    case 'status':
      return { type: 'changeStatus', to: step.to, note: '' };
    case 'resolve':
      return { type: 'resolve', impact: step.impact, note: '' };
  }
}

/** By the rules and into the store, at the times of the source. */
async function play(tx: Tx, plan: Plan, number: number): Promise<Incident> {
  let incident: Incident | undefined;
  for (const step of plan.steps) {
    const before = incident;
    const from = before ?? undeclared(`inc_${number}`, number);
    const decision = decide(from, commandOf(step, plan), step.at, policy);
    if ('refused' in decision) throw new Error(`${plan.title}: ${step.do} was refused: ${decision.refused}`);
    const happened = { by, at: step.at };
    incident = decision.events.reduce((so_far, event) => evolve(so_far, event, happened), from);
    await tx.incidents.save(incident, before, decision.events, happened);
  }
  if (!incident) throw new Error('a plan begins with its declaration');
  return incident;
}

function read(store: Store, incident: Incident): Promise<Document> {
  const given = { names: new Map([[by, 'Ana']]), policy, now: new Date(), link: () => 'https://x.example/' };
  return store.read((tx) => readDocument(tx, incident, given));
}

const sectionOf = ({ sections }: Document, wanted: string): string =>
  sections.find(({ key }) => key === wanted)?.markdown ?? '';

/** The updates that the timeline has, in its order. */
const updatesIn = (document: Document): string[] =>
  sectionOf(document, 'timeline')
    .split(/^- \*\*\d\d:\d\d\*\* /m)
    .flatMap((entry) => /^An update was posted: ([\s\S]*)$/.exec(entry)?.[1] ?? [])
    .map((text) => text.replace(/\n+\*\*[^*]+\*\*\s*$/, '').trim());

onSqlite('every real incident', (fresh) => {
  (isThere ? it : it.skip)(
    'has a postmortem with the updates and the impact of its source',
    async () => {
      const store = await fresh.store();
      const plans = readSource(file).incidents.map(planOf);
      expect(plans.length).toBeGreaterThan(500);
      const incidents: Incident[] = [];
      for (let first = 0; first < plans.length; first += 50)
        await store.transact(async (tx) => {
          for (const [index, plan] of plans.slice(first, first + 50).entries())
            incidents.push(await play(tx, plan, first + index + 1));
        });

      let windows = 0;
      for (const [index, plan] of plans.entries()) {
        const incident = incidents[index] as Incident;
        const document = await read(store, incident);
        const told = plan.steps.flatMap((step) => (step.do === 'update' ? [escapeText(step.text)] : []));
        expect(updatesIn(document)).toEqual(told);
        if (isKnown(plan.entry, incident)) {
          windows += 1;
          expectImpact(sectionOf(document, 'customer-impact'), plan.entry);
        }
      }
      expect(windows).toBeGreaterThan(70);
    },
    60_000,
  );
});

/** Stated by the source, and not before it could be known. */
const isKnown = ({ window }: Entry, { impact }: Incident): boolean =>
  window !== undefined && impact.felt === 'yes' && impact.started !== undefined && impact.ended !== undefined;

function expectImpact(markdown: string, { window }: Entry): void {
  if (!window) throw new Error('no window');
  expect(markdown).toContain(`felt it from ${moment(window.started)} until ${moment(window.ended)}`);
  expect(markdown).toContain(`| Felt for | ${duration(window.ended.getTime() - window.started.getTime())} |`);
}
