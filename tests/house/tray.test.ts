import { expect, it } from '@jest/globals';
import type { App } from '@slack/bolt';
import { features } from '../../src/features.ts';
import type { Inside } from '../../src/slack/inside.ts';

const deaf = new Proxy({} as App, { get: () => () => undefined });

it('what the tray offers is listened to', () => {
  const inside = { presses: new Map(), wantedEvents: new Set() } as unknown as Inside;
  for (const { listeners } of features) listeners?.(deaf, inside);
  const offered = features.flatMap(({ tray = [] }) => tray.map(({ action }) => action));
  expect(offered.length).toBeGreaterThan(0);
  // Give each a listener by `onPress`, or leave it out of the feature's tray.
  expect(offered.filter((action) => !inside.presses.has(action))).toEqual([]);
  expect(new Set(offered).size).toBe(offered.length);
});
