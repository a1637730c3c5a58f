import { describe, expect, it } from '@jest/globals';
import { previewOf } from '../../src/features/updates/preview.ts';
import { nextUpdateLine } from '../../src/features/updates/promise.ts';
import { promiseValue, readPromise } from '../../src/features/updates/reminder-views.ts';
import { readUpdate } from '../../src/features/updates/slack.ts';
import { filledIn } from '../../src/features/updates/template.ts';
import { previewModal, updateModal } from '../../src/features/updates/views.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { time } from '../../src/slack/blocks.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';

const template = 'What customers feel:\nWhat we know:\nWhat we do next:\n';
const policy = thePolicy({
  updateTemplate: template,
  cadence: { sev1: {}, sev2: { investigating: 30 }, sev3: {}, sev4: {} },
});

describe('a template', () => {
  it.each<[string, string, string]>([
    ['untouched says nothing', template, ''],
    [
      'keeps what was filled in',
      'What customers feel:\nCards fail\nWhat we know:\nWhat we do next:\n',
      'What customers feel:\nCards fail',
    ],
    [
      'keeps an answer on the line of its heading',
      'What customers feel: cards fail\nWhat we know:\n',
      'What customers feel: cards fail',
    ],
    [
      'leaves blank lines within an answer',
      'What we know:\n\nA release.\n\nRolled back.',
      'What we know:\n\nA release.\n\nRolled back.',
    ],
    ['written over is what was written', 'All is well', 'All is well'],
    ['cleared is empty', ' \n ', ''],
  ])('%s', (_, text, left) => expect(filledIn(text, template)).toBe(left));

  it('may be none', () => expect(filledIn('What we know:', '')).toBe('What we know:'));
});

describe('the form', () => {
  const read = (values: Record<string, string>) => readUpdate(values, { policy });

  it.each<[string, string | undefined, object]>([
    ['as agreed', 'usual', { text: 'Better' }],
    ['not asked, once it is over', undefined, { text: 'Better' }],
    ['on change', '0', { text: 'Better', nextInMinutes: 0 }],
    ['in an hour', '60', { text: 'Better', nextInMinutes: 60 }],
  ])('asks for the next one: %s', (_, next, command) => {
    expect(read({ text: 'Better', ...(next && { next }) })).toEqual({
      success: true,
      data: { type: 'postUpdate', ...command },
    });
  });

  it('refuses a template that nobody filled in', () => expect(read({ text: template }).success).toBe(false));

  const words = (fields: Partial<Incident>) => JSON.stringify(updateModal(anIncident(fields), policy, at('10:00')));

  it('says what is agreed', () => {
    expect(words({})).toContain('In 30 min, as for SEV2 · Investigating');
    expect(words({ severity: 'sev4' })).toContain('When something changes, as for SEV4');
  });

  it('asks for no promise once it is over', () => expect(words({ status: 'resolved' })).not.toContain('next one'));
});

describe('the line about the next update', () => {
  const due = at('10:30');
  it.each<[string, Partial<Incident>, string, string | undefined]>([
    ['promised', { nextUpdateDue: due }, '10:00', `Next update by ${time(due)}`],
    ['on change', {}, '10:00', 'Next update when something changes'],
    ['overdue', { nextUpdateDue: due }, '10:30', `:warning: Update overdue since ${time(due)}`],
    [
      'somebody is on it',
      { nextUpdateDue: due, reminder: { claimedBy: 'U0BEN' } },
      '10:00',
      `Next update by ${time(due)} · <@U0BEN> is on it`,
    ],
    [
      'the commander was told',
      { nextUpdateDue: due, reminder: { escalatedTo: 'U0EVA' } },
      '10:40',
      `:warning: Update overdue since ${time(due)} · <@U0EVA> was told`,
    ],
    ['over', { status: 'resolved' }, '10:00', undefined],
  ])('%s', (_, fields, now, line) => expect(nextUpdateLine(anIncident(fields), at(now))).toBe(line));
});

describe('a preview', () => {
  const update = { type: 'postUpdate' as const, text: 'Cards work again' };
  const shown = (fields: Partial<Incident>) =>
    JSON.stringify(previewModal(previewOf(anIncident(fields), update, 'U0BEN', at('10:00'), policy)));

  it('shows both places, and the promise', () => {
    const text = shown({});
    expect(text.split('> Cards work again')).toHaveLength(3);
    expect(text).toContain(`Next update by ${time(at('10:30'))}`);
    expect(text).toContain('#incidents');
  });

  it.each<[string, Partial<Incident>]>([
    ['private', { isPrivate: true }],
    ['a practice run', { isPractice: true }],
  ])('shows one place where the incident is %s', (_, fields) => {
    expect(shown(fields).split('> Cards work again')).toHaveLength(2);
    expect(shown(fields)).not.toContain('#incidents');
  });
});

describe('a button under a reminder', () => {
  it('carries which promise it is about', () => {
    const incident = anIncident({ nextUpdateDue: at('10:30') });
    expect(readPromise(promiseValue(incident))).toEqual({ id: 'inc_7', due: at('10:30') });
    expect(readPromise('inc_7')).toEqual({ id: 'inc_7' });
  });
});
