/** What is said on an incident, and whom it is asked of. */
import { needOpen, resolve } from './incidents.ts';
import { type Book, log, type When } from './note.ts';
import { onCallAt } from './on-call.ts';
import type { References } from './references.ts';
import { Refused } from './refused.ts';
import { isMergeable, notePart, responderPart, statusUpdatePart } from './shapes.ts';
import type { PagerIncident, PagerRequest, PagerResponder } from './wire.ts';

export function createTalk(book: Book, refer: References) {
  const { account, emit } = book;

  function annotate(incident: PagerIncident, content: string, when: When) {
    const note = { id: account.nextId('PN'), user: when.by, content, at: when.at };
    incident.notes.push(note);
    log(account, incident, 'annotate', when, { note: content });
    emit('incident.annotated', incident, when, () => notePart(refer, incident, note));
    return note;
  }

  function publish(incident: PagerIncident, message: string, when: When) {
    const update = { id: account.nextId('PU'), user: when.by, message, at: when.at };
    incident.statusUpdates.push(update);
    log(account, incident, 'status_update', when, { note: message });
    emit('incident.status_update_published', incident, when, () => statusUpdatePart(refer, incident, update));
    return update;
  }

  function ask(incident: PagerIncident, user: string, policy: string | null, message: string, when: When) {
    const asked = incident.responders.find((one) => one.user === user && one.state === 'pending');
    if (asked) return asked;
    const requester = when.by ?? '';
    const times = { askedAt: when.at, at: when.at };
    const responder: PagerResponder = { user, policy, requester, message, state: 'pending', ...times };
    incident.responders.push(responder);
    log(account, incident, 'responder_request', when, { users: [user] });
    emit('incident.responder.added', incident, when, () => responderPart(refer, incident, responder));
    return responder;
  }

  function rungBy({ id, type }: { id: string; type: string }, when: When): PagerRequest['targets'][number] {
    if (type.startsWith('user')) {
      if (!account.user(id)) throw new Refused('assigneeUnknown');
      return { id, type: 'user', users: [id] };
    }
    const policy = account.policy(id);
    if (!policy) throw new Refused('policyUnknown');
    const users = onCallAt(account, policy, 1, when.at);
    if (users.length === 0) throw new Refused('nobodyOnCall');
    return { id, type: 'escalation_policy', users };
  }

  return {
    annotate,
    publish,
    /** All of them, or nobody. A policy means whoever is on call at its first level. */
    request(
      incident: PagerIncident,
      targets: { id: string; type: string }[],
      message: string,
      when: When,
    ): PagerRequest {
      needOpen(incident);
      const whom = targets.map((target) => rungBy(target, when));
      for (const { id, type, users } of whom)
        for (const user of users) ask(incident, user, type === 'user' ? null : id, message, when);
      const request = { requester: when.by ?? '', message, at: when.at, targets: whom };
      incident.requests.push(request);
      return request;
    },
    answer(incident: PagerIncident, state: 'joined' | 'declined', when: When) {
      const responder = incident.responders.find((one) => one.user === when.by && one.state === 'pending');
      if (!responder) throw new Refused('invalid', ['nobody has asked this person for help']);
      responder.state = state;
      responder.at = when.at;
      log(account, incident, 'responder_reply', when, { users: [responder.user] });
      emit('incident.responder.replied', incident, when, () => responderPart(refer, incident, responder));
    },
    cancelRequests(incident: PagerIncident, id: string): 'cancelled' | 'joined' | 'declined' | 'not_found' {
      const found = incident.responders.filter(({ user, policy }) => user === id || policy === id);
      const [first] = found;
      if (!first) return 'not_found';
      for (const one of found) if (one.state === 'pending') one.state = 'user_cancelled';
      return first.state === 'joined' || first.state === 'declined' ? first.state : 'cancelled';
    },
    /** What they have of alerts goes along, and they are resolved. */
    merge(target: PagerIncident, sources: PagerIncident[], when: When) {
      needOpen(target);
      for (const source of sources) {
        if (source.mergedInto) throw new Refused('alreadyMerged');
        if (source.id === target.id) throw new Refused('invalid', ['An incident cannot be merged into itself']);
        if (!isMergeable(source)) throw new Refused('invalid', [`Incident ${source.id} cannot be merged`]);
      }
      for (const source of sources) {
        source.mergedInto = target.id;
        const alerts = source.alerts.splice(0);
        if (source.status !== 'resolved') resolve(book, source, when);
        target.alerts.push(...alerts);
        log(account, target, 'merge', when);
      }
    },
  };
}

export type Talk = ReturnType<typeof createTalk>;
