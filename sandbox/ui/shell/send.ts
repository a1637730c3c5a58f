/** What happens with what was typed. */
import type { SeenChannel } from '../../wire.ts';
import { act } from '../state/act.ts';
import { slackbotSays } from '../state/channel.ts';

export type Into = { channel: SeenChannel; thread?: string | undefined };

/** As Slack words it: https://docs.slack.dev/interactivity/implementing-slash-commands */
async function command(text: string, { channel, thread }: Into) {
  const [name = ''] = text.split(/\s/);
  if (thread) return slackbotSays(channel.id, `\`${name}\` is not supported in threads. Sorry!`);
  const { error } = await act.command(text, channel.id);
  if (error === 'unknown_command')
    return slackbotSays(channel.id, `\`${name}\` is not a valid command. Type \`/\` to see the ones there are.`);
  if (error) return slackbotSays(channel.id, `${name} failed with the error “${error}”`);
  return undefined;
}

/** "/" and a word is a command; a path such as /etc/hosts is none. */
export const isCommand = (text: string) => /^\/[\p{L}\p{N}_-]+(?:\s|$)/u.test(text);

export async function send(text: string, into: Into, broadcast: boolean): Promise<void> {
  if (isCommand(text)) await command(text, into);
  else
    await act.say(text, {
      channel: into.channel.id,
      ...(into.thread && { thread: into.thread, broadcast }),
    });
}

const asBase64 = (file: File) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(new Error(`${file.name} cannot be read.`));
    reader.readAsDataURL(file);
  });

/** The sandbox takes 4 MB at once, and base64 makes a third more of it. */
const largest = 3 * 1024 * 1024;

async function readable(file: File): Promise<{ name: string; content: string }> {
  if (file.size > largest) throw new Error(`${file.name} is larger than 3 MB, the most the sandbox takes.`);
  return { name: file.name || `image.${file.type.split('/').pop()}`, content: await asBase64(file) };
}

export async function upload(files: readonly File[], { channel, thread }: Into): Promise<void> {
  for (const file of files) await act.upload(await readable(file), { channel: channel.id, ...(thread && { thread }) });
}

/** For a form, which names it by its id. */
export const keepFile = async (file: File): Promise<string> => (await act.keepFile(await readable(file))).id;
