/** What is said and asked on an incident, over REST. */
import { acknowledge, needOpen } from './incidents.ts';
import { log } from './note.ts';
import { type Call, needIncident, type Operation, pageOf, paging, writes } from './operation.ts';
import { Refused } from './refused.ts';
import { CancelledRequest, Merge, NewNote, NewResponderRequest, NewStatusUpdate, Snooze } from './rest-schema.ts';
import { incidentShape, noteShape, requestShape, seconds } from './shapes.ts';

/** The requester is named in the body, and is who asks. */
function asRequester({ desk, when }: Pick<Call, 'desk' | 'when'>, id: string) {
  if (!desk.book.account.user(id)) throw new Refused('requesterUnknown');
  return { ...when, by: id };
}

const requestResponders = writes({
  name: 'incidents.responder_requests',
  method: 'POST',
  path: '/incidents/{id}/responder_requests',
  schema: NewResponderRequest,
  run(call) {
    const { refer, talk } = call.desk;
    const incident = needIncident(call);
    const { message, requester_id, responder_request_targets } = call.body;
    const when = asRequester(call, requester_id);
    const targets = responder_request_targets.map(({ responder_request_target: target }) => target);
    const request = talk.request(incident, targets, message, when);
    return { body: { responder_request: requestShape(refer, incident, request) } };
  },
});

const cancelRequests = writes({
  name: 'incidents.cancel_responder_requests',
  method: 'PUT',
  path: '/incidents/{id}/responder_requests/cancel',
  schema: CancelledRequest,
  run(call) {
    const incident = needIncident(call);
    asRequester(call, call.body.requester_id);
    const targets = call.body.responder_request_targets.map((target) => ({
      ...target,
      result: call.desk.talk.cancelRequests(incident, target.id),
    }));
    return { body: { responder_request_targets: targets } };
  },
});

const snooze = writes({
  name: 'incidents.snooze',
  method: 'POST',
  path: '/incidents/{id}/snooze',
  schema: Snooze,
  run(call) {
    const { book, refer } = call.desk;
    const incident = needIncident(call);
    needOpen(incident);
    acknowledge(book, incident, call.when, call.when.at + call.body.duration * 1000);
    log(book.account, incident, 'snooze', call.when);
    return { status: 201, body: { incident: incidentShape(refer, book.account, incident) } };
  },
});

const merge = writes({
  name: 'incidents.merge',
  method: 'PUT',
  path: '/incidents/{id}/merge',
  schema: Merge,
  run(call) {
    const { desk, when, body } = call;
    const target = needIncident(call);
    const sources = body.source_incidents.map(({ id }) => needIncident({ desk, id }));
    desk.talk.merge(target, sources, when);
    return { body: { incident: desk.refer.incident(target.id) } };
  },
});

const annotate = writes({
  name: 'incidents.notes',
  method: 'POST',
  path: '/incidents/{id}/notes',
  schema: NewNote,
  run(call) {
    const note = call.desk.talk.annotate(needIncident(call), call.body.note.content, call.when);
    return { body: { note: noteShape(call.desk.refer, note) } };
  },
});

const publish = writes({
  name: 'incidents.status_updates',
  method: 'POST',
  path: '/incidents/{id}/status_updates',
  schema: NewStatusUpdate,
  run(call) {
    const { id, message, user, at } = call.desk.talk.publish(needIncident(call), call.body.message, call.when);
    const { subject, html_message } = call.body;
    const more = subject === undefined ? {} : { subject, html_message };
    const sender = call.desk.refer.agent(user);
    return { body: { status_update: { id, message, sender, created_at: seconds(at), ...more } } };
  },
});

export const talkOperations: Operation[] = [
  requestResponders,
  cancelRequests,
  snooze,
  merge,
  annotate,
  publish,
  {
    name: 'incidents.list_notes',
    method: 'GET',
    path: '/incidents/{id}/notes',
    query: paging,
    run(call) {
      const { page } = pageOf(needIncident(call).notes, call.query);
      return { body: { notes: page.map((note) => noteShape(call.desk.refer, note)) } };
    },
  },
];
