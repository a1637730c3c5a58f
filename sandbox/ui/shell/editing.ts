import { signal } from '@preact/signals';

/** ts of the message whose words are being changed in this window */
export const editing = signal<string | undefined>(undefined);
