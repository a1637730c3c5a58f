/** plan and task_card: what an agent is doing. */
import { isObject, objectOf, objects, textOf } from '../../../json.ts';
import { Link } from '../text/draw.tsx';
import { isSafeUrl } from '../text/inline.ts';
import { PlainText, RichText } from '../text/text.tsx';
import type { BlockProps, Family } from './family.ts';

const states: Record<string, [string, string]> = {
  pending: ['○', 'waiting'],
  in_progress: ['◐', 'under way'],
  complete: ['✓', 'done'],
  error: ['✕', 'failed'],
};

function Task({ block }: BlockProps) {
  const status = textOf(block.status) ?? 'pending';
  const [sign, words] = states[status] ?? ['○', status];
  const sources = objects(block.sources);
  return (
    <details class={`bk-task-card bk-task-${status}`} open={status === 'in_progress'}>
      <summary>
        <span role="img" aria-label={words}>
          {sign}
        </span>{' '}
        <PlainText text={textOf(block.title) ?? ''} />
      </summary>
      {isObject(block.details) && <RichText block={block.details} />}
      {isObject(block.output) && <RichText block={block.output} />}
      {sources.length > 0 && (
        <div class="bk-soft">
          {sources.map((source, index) => {
            const url = textOf(source.url) ?? '';
            const name = textOf(source.text) ?? url;
            return <span key={index}>{isSafeUrl(url) ? <Link url={url}>{name}</Link> : name} </span>;
          })}
        </div>
      )}
    </details>
  );
}

function Plan({ block, surface }: BlockProps) {
  return (
    <div class="bk-container">
      <div class="bk-card-title">
        <PlainText text={textOf(block.title) ?? ''} />
      </div>
      {objects(block.tasks).map((task) => (
        <Task
          key={String(task.task_id)}
          block={objectOf(task)}
          blockId={String(block.block_id ?? '')}
          surface={surface}
        />
      ))}
    </div>
  );
}

export const work: Family = { task_card: Task, plan: Plan };
