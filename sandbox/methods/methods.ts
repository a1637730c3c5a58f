/** Every Web API method this workspace knows. */
import { bookmarks } from './bookmarks.ts';
import { canvases } from './canvases.ts';
import { chat } from './chat.ts';
import { checks } from './checked.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import type { Method } from './method.ts';
import { pins } from './pins.ts';
import { users } from './users.ts';
import { viewMethods } from './views.ts';

export const methods: Record<string, Method> = {
  ...users,
  ...conversations,
  ...chat,
  ...viewMethods,
  ...pins,
  ...bookmarks,
  ...files,
  ...canvases,
  ...checks,
};
