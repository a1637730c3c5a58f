/** Nodes → DOM. The only place where text of people's and of the bot's is drawn, always as text. */
import type { ComponentChildren } from 'preact';
import { useBlocksContext } from '../contract.ts';
import { formatDate } from './date.ts';
import { Emoji } from './emoji.tsx';
import type { Chunk, Inline, ListItem, Style } from './inline.ts';
import { Broadcast, ChannelMention, GroupMention, UserMention } from './mentions.tsx';

export function Inlines({ nodes }: { nodes: Inline[] }) {
  return (
    <>
      {nodes.map((node, index) => (
        <One key={index} node={node} />
      ))}
    </>
  );
}

function One({ node }: { node: Inline }) {
  switch (node.type) {
    case 'text':
      return <>{node.text}</>;
    case 'styled':
      return (
        <Styled style={node.style}>
          <Inlines nodes={node.children} />
        </Styled>
      );
    case 'link':
      return (
        <Link url={node.url}>
          <Inlines nodes={node.children} />
        </Link>
      );
    case 'user':
      return <UserMention id={node.id} />;
    case 'channel':
      return <ChannelMention id={node.id} label={node.label} />;
    case 'usergroup':
      return <GroupMention id={node.id} label={node.label} />;
    case 'broadcast':
      return <Broadcast range={node.range} />;
    case 'date':
      return <Moment {...node} />;
    case 'emoji':
      return <Emoji {...node} />;
    case 'color':
      return (
        <span class="bk-color">
          {node.value}
          <i style={{ background: node.value }} />
        </span>
      );
  }
}

export function Link({ url, children }: { url: string; children: ComponentChildren }) {
  return (
    <a class="bk-link" href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function Styled({ style, children }: { style: Style; children: ComponentChildren }) {
  switch (style) {
    case 'bold':
      return <b>{children}</b>;
    case 'italic':
      return <i>{children}</i>;
    case 'strike':
      return <s>{children}</s>;
    case 'underline':
      return <u>{children}</u>;
    case 'code':
      return <code class="bk-code">{children}</code>;
    case 'highlight':
      return <mark class="bk-highlight">{children}</mark>;
  }
}

function Moment({ seconds, format, fallback, url }: Extract<Inline, { type: 'date' }>) {
  const { person, now } = useBlocksContext();
  const view = { now: now(), timeZone: person.timeZone, fallback };
  const words = formatDate(seconds, format, view);
  const whole = formatDate(seconds, '{date_long_full} at {time_secs}', view);
  const time = (
    <time class="bk-date" title={whole}>
      {words}
    </time>
  );
  return url ? <Link url={url}>{time}</Link> : time;
}

export function Chunks({ chunks }: { chunks: Chunk[] }) {
  return (
    <>
      {chunks.map((chunk, index) => (
        <Part key={index} chunk={chunk} />
      ))}
    </>
  );
}

type HeadingProps = { level: number; class: string; children: ComponentChildren };

export function Heading({ level, class: name, children }: HeadingProps) {
  const Tag = `h${Math.min(level, 6)}` as 'h3';
  return <Tag class={name}>{children}</Tag>;
}

function Part({ chunk }: { chunk: Chunk }) {
  switch (chunk.type) {
    case 'paragraph':
      return (
        <div class="bk-paragraph">
          <Inlines nodes={chunk.children} />
        </div>
      );
    case 'heading':
      return (
        <Heading level={chunk.level + 2} class={`bk-heading bk-heading-${Math.min(chunk.level, 4)}`}>
          <Inlines nodes={chunk.children} />
        </Heading>
      );
    case 'quote':
      return (
        <blockquote class="bk-quote">
          <Chunks chunks={chunk.chunks} />
        </blockquote>
      );
    case 'pre':
      return (
        <pre class="bk-pre">
          <Inlines nodes={chunk.children} />
        </pre>
      );
    case 'list':
      return <List {...chunk} />;
    case 'grid':
      return <Grid {...chunk} />;
    case 'rule':
      return <hr class="bk-divider" />;
  }
}

const bullets = ['disc', 'circle', 'square'];
const numbers = ['decimal', 'lower-alpha', 'lower-roman'];

function List({ ordered, indent, start, border, items }: Extract<Chunk, { type: 'list' }>) {
  const kinds = ordered ? numbers : bullets;
  const style = { listStyleType: kinds[indent % kinds.length], marginLeft: `${indent * 28}px` };
  const body = items.map((item, index) => <Item key={index} {...item} />);
  const name = `bk-list ${border ? 'bk-list-bordered' : ''}`;
  return ordered ? (
    <ol class={name} style={style} start={start}>
      {body}
    </ol>
  ) : (
    <ul class={name} style={style}>
      {body}
    </ul>
  );
}

function Item({ children, checked }: ListItem) {
  return (
    <li class={checked === undefined ? undefined : 'bk-task'}>
      {checked !== undefined && (
        <span role="img" aria-label={checked ? 'done' : 'to do'}>
          {checked ? '☑' : '☐'}
        </span>
      )}
      <Inlines nodes={children} />
    </li>
  );
}

function Grid({ head, rows }: Extract<Chunk, { type: 'grid' }>) {
  return (
    <div class="bk-table-frame">
      <table class="bk-table">
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col">
                <Inlines nodes={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) => (
                <td key={index}>
                  <Inlines nodes={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
