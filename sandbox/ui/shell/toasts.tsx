import { dropToast, toasts } from '../state/overlay.ts';
import { Icon } from './icons.tsx';

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, words }) => (
        <div key={id} class="toast">
          <span>{words}</span>
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => dropToast(id)}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
