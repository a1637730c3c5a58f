import { describe, expect, it } from '@jest/globals';
import { checkMessage } from '../../sandbox/check.ts';
import {
  exportedText,
  exportingMessage,
  failedNote,
  noChannel,
  unclearFormat,
} from '../../src/features/export/views.ts';
import { anIncident } from '../support/given.ts';
import { ampersands, aNastyIncident, nasty } from '../support/nasty.ts';

describe('what is said of exports', () => {
  it.each([
    ['nothing', anIncident(), ''],
    ['one of everything', anIncident({ channel: undefined }), 'docx'],
    ['as much as there can be', aNastyIncident(), nasty(40_000)],
    ['what grows when it is escaped', aNastyIncident(), ampersands(40_000)],
  ])('fits Slack with %s', (_, incident, text) => {
    const messages = [
      { text: exportedText(incident, 'pdf', 'U0ANA', text) },
      { text: exportedText(incident, 'md') },
      exportingMessage(incident, ['md', 'html', 'pdf', 'json', 'canvas'], false),
      failedNote('md', text),
      failedNote('canvas', 'the app lacks the scope canvases:write'),
      unclearFormat(text),
      noChannel(incident),
    ];
    for (const message of messages) {
      expect(checkMessage(message)).toEqual([]);
      expect(message.text.length).toBeLessThan(3_000);
      expect(message.text).not.toMatch(/<!(?:channel|here|everyone)/);
    }
  });
});
