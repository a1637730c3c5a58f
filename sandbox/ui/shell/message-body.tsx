import { isObject, type Json, objects, textOf } from '../../json.ts';
import type { Block, FileInfo, Message } from '../../wire.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { Mrkdwn, PlainText } from '../blocks/text/text.tsx';
import { fullTime, msOf } from '../state/time.ts';
import { Icon } from './icons.tsx';
import { useMessageSurface } from './message-surface.ts';

/** What a message says, then what is attached. People's own words are read off the text, which keeps their marks. */
export function MessageBody({ message }: { message: Message }) {
  const { surface, trouble } = useMessageSurface(message);
  const { blocks = [], attachments = [], files = [], edited, text } = message;
  const isSystem = /^(?:channel|group)_/.test(message.subtype ?? '');
  return (
    <div class={`message-body ${isSystem ? 'message-system' : ''}`}>
      {blocks.length > 0 && message.bot_id ? (
        <Blocks blocks={blocks} surface={surface} />
      ) : (
        <Text text={isSystem ? withoutActor(message) : text} />
      )}
      {edited && message.user !== undefined && !message.bot_id && (
        <span class="message-edited" title={fullTime(msOf(edited.ts))}>
          (edited)
        </span>
      )}
      {attachments.map((attachment, index) => (
        <Attachment key={String(attachment.id ?? index)} attachment={attachment} surface={surface} />
      ))}
      {files.map((file) => (
        <File key={file.id} file={file} />
      ))}
      {trouble && (
        <p class="message-trouble" role="alert">
          <Icon name="warning" size={16} /> {trouble}
        </p>
      )}
    </div>
  );
}

const Text = ({ text }: { text: string }) => (text ? <Mrkdwn text={text} /> : null);

/** "<@U1> has joined the channel" stands under the name of U1. */
const withoutActor = ({ text, user }: Message) => text.replace(new RegExp(`^<@${user}> (?:has )?`), '');

type Surface = ReturnType<typeof useMessageSurface>['surface'];

function Attachment({ attachment, surface }: { attachment: Json; surface: Surface }) {
  const color = textOf(attachment.color);
  const title = textOf(attachment.title);
  const words =
    textOf(attachment.text) ?? (objects(attachment.blocks).length === 0 ? textOf(attachment.fallback) : undefined);
  const blocks = Array.isArray(attachment.blocks) ? attachment.blocks.filter(isBlock) : [];
  const bar = color?.replace(/^(?!#)(?=[0-9a-f]{6}$)/i, '#');
  return (
    <div class="attachment" {...(bar && { style: { borderColor: named[bar] ?? bar } })}>
      {textOf(attachment.pretext) && <Mrkdwn text={textOf(attachment.pretext) ?? ''} />}
      {title && (
        <strong>
          <PlainText text={title} />
        </strong>
      )}
      {words && <Mrkdwn text={words} />}
      {blocks.length > 0 && <Blocks blocks={blocks} surface={surface} />}
    </div>
  );
}

const isBlock = (value: unknown): value is Block => isObject(value) && typeof value.type === 'string';

/** https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments */
const named: Record<string, string> = { good: '#2eb67d', warning: '#e8a33d', danger: '#d2364c' };

function File({ file }: { file: FileInfo }) {
  // Addresses of another name for this machine would be another origin.
  const address = new URL(file.url_private, location.href).pathname;
  if (file.mimetype.startsWith('image/'))
    return (
      <figure class="file-image">
        <figcaption>{file.title}</figcaption>
        <a href={address} target="_blank" rel="noopener">
          <img src={address} alt={file.title} loading="lazy" />
        </a>
      </figure>
    );
  return (
    <a class="file" href={address} download={file.name}>
      <Icon name="file" size={28} />
      <span>
        <strong>{file.title}</strong>
        <span class="soft">{sizeOf(file)}</span>
      </span>
    </a>
  );
}

const sizeOf = ({ size, mimetype }: FileInfo) =>
  `${mimetype.split('/').pop()?.toUpperCase()} · ${size < 1024 ? `${size} bytes` : `${Math.round(size / 1024)} kB`}`;
