import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signatureProblem } from '../../src/slack/signature.ts';

const secret = 'a signing secret';
const now = Date.UTC(2026, 2, 2, 9);
const seconds = (offset = 0) => String(now / 1000 + offset);
const sign = (timestamp: string, body: Buffer, by = secret) =>
  `v0=${createHmac('sha256', by).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
const body = Buffer.from('payload=%7B%7D');

const problem = (given: { signature?: string; timestamp?: string }, raw = body) =>
  signatureProblem(secret, raw, { signature: given.signature, timestamp: given.timestamp }, now);

describe('a signature', () => {
  it('is right for the bytes it was made for', () => {
    expect(problem({ timestamp: seconds(), signature: sign(seconds(), body) })).toBeUndefined();
  });

  // https://docs.slack.dev/authentication/verifying-requests-from-slack, the example worked through there
  it('is the one in the documentation of Slack', () => {
    const raw = Buffer.from(
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    );
    const given = {
      timestamp: '1531420618',
      signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    expect(signatureProblem('8f742231b10e8888abcd99yyyzzz85a5', raw, given, 1_531_420_618_000)).toBeUndefined();
  });

  it('holds for bytes that are no text', () => {
    const raw = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    expect(problem({ timestamp: seconds(), signature: sign(seconds(), raw) }, raw)).toBeUndefined();
  });

  it.each([
    ['another body', { timestamp: seconds(), signature: sign(seconds(), Buffer.from('payload=')) }, 'wrong'],
    ['another secret', { timestamp: seconds(), signature: sign(seconds(), body, 'guessed') }, 'wrong'],
    ['another time', { timestamp: seconds(1), signature: sign(seconds(), body) }, 'wrong'],
    ['no version', { timestamp: seconds(), signature: sign(seconds(), body).slice(3) }, 'wrong'],
    ['half of it', { timestamp: seconds(), signature: sign(seconds(), body).slice(0, 35) }, 'wrong'],
    ['no hexadecimal', { timestamp: seconds(), signature: `v0=${'z'.repeat(64)}` }, 'wrong'],
    ['nothing', { timestamp: seconds(), signature: '' }, 'missing'],
    ['no signature', { timestamp: seconds() }, 'missing'],
    ['no time', { signature: sign(seconds(), body) }, 'missing'],
    ['a time that is no number', { timestamp: '1e9', signature: sign('1e9', body) }, 'missing'],
  ])('is not taken with %s', (_, given, expected) => {
    expect(problem(given)).toBe(expected);
  });

  it.each([
    ['five minutes old', -300, undefined],
    ['older', -301, 'clock-skew'],
    ['five minutes ahead', 300, undefined],
    ['further ahead', 301, 'clock-skew'],
  ])('%s: %d s', (_, offset, expected) => {
    expect(problem({ timestamp: seconds(offset), signature: sign(seconds(offset), body) })).toBe(expected);
  });
});
