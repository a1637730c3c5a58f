import type { Feature } from './feature.ts';
import { announcement } from './features/announcement/feature.ts';
import { capture } from './features/capture/feature.ts';
import { catchup } from './features/catchup/feature.ts';
import { channel } from './features/channel/feature.ts';
import { decide } from './features/decide/feature.ts';
import { declare } from './features/declare/feature.ts';
import { exports } from './features/export/feature.ts';
import { followUps } from './features/follow-ups/feature.ts';
import { fromPagerDuty } from './features/from-pagerduty/feature.ts';
import { help } from './features/help/feature.ts';
import { home } from './features/home/feature.ts';
import { impact } from './features/impact/feature.ts';
import { lifecycle } from './features/lifecycle/feature.ts';
import { links } from './features/links/feature.ts';
import { list } from './features/list/feature.ts';
import { pages } from './features/pages/feature.ts';
import { paging } from './features/paging/feature.ts';
import { postmortem } from './features/postmortem/feature.ts';
import { practice } from './features/practice/feature.ts';
import { privacy } from './features/privacy/feature.ts';
import { rename } from './features/rename/feature.ts';
import { roles } from './features/roles/feature.ts';
import { severity } from './features/severity/feature.ts';
import { subscriptions } from './features/subscriptions/feature.ts';
import { tasks } from './features/tasks/feature.ts';
import { timeline } from './features/timeline/feature.ts';
import { tray } from './features/tray/feature.ts';
import { updates } from './features/updates/feature.ts';

/** Everything the bot can do, one line each; help shows sub-commands in this order. */
export const features: Feature[] = [
  declare,
  decide,
  list,
  practice,
  help,
  tray,
  catchup,
  updates,
  impact,
  lifecycle,
  severity,
  roles,
  paging,
  fromPagerDuty,
  tasks,
  timeline,
  followUps,
  postmortem,
  links,
  exports,
  rename,
  privacy,
  capture,
  channel,
  announcement,
  subscriptions,
  home,
  pages,
];
