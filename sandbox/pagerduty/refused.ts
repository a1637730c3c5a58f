/** What PagerDuty says no with: https://developer.pagerduty.com/docs/errors */

export type RefusalCode = { status: number; code: number; message: string };

export const refusals = {
  alreadyResolved: { status: 400, code: 1001, message: 'Incident Already Resolved' },
  cannotEscalate: { status: 400, code: 1006, message: 'Cannot Escalate' },
  assigneeUnknown: { status: 400, code: 1007, message: 'Assigned To User Not Found' },
  requesterUnknown: { status: 400, code: 1008, message: 'Requester User Not Found' },
  policyUnknown: { status: 400, code: 1014, message: 'Escalation Policy Not Found' },
  nobodyOnCall: { status: 400, code: 1015, message: 'Escalation Policy Has No User On Call' },
  alreadyMerged: { status: 400, code: 1019, message: 'Incident Already Merged' },
  priorityUnknown: { status: 400, code: 1020, message: 'Invalid Priority' },
  invalid: { status: 400, code: 2001, message: 'Invalid Input Provided' },
  wrongArguments: { status: 400, code: 2002, message: 'Arguments Caused Error' },
  wrongTimes: { status: 400, code: 2004, message: "Invalid time values in 'since' and/or 'until' parameters" },
  unauthorized: { status: 401, code: 2006, message: 'Authentication failed' },
  denied: { status: 403, code: 2010, message: 'Access Denied' },
  notFound: { status: 404, code: 2100, message: 'Not Found' },
  incidentUnknown: { status: 404, code: 5001, message: 'Incident Not Found' },
  serviceUnknown: { status: 400, code: 5002, message: 'Service Not Found' },
  tooMany: { status: 413, code: 2002, message: 'Request Entity Too Large' },
} satisfies Record<string, RefusalCode>;

export class Refused extends Error {
  readonly refusal: RefusalCode;
  readonly errors: string[];

  constructor(why: keyof typeof refusals, errors: string[] = []) {
    super([refusals[why].message, ...errors].join(': '));
    this.refusal = refusals[why];
    this.errors = errors;
  }
}
