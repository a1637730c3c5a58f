import type { By } from '../desk.ts';
import type { Incident } from '../incident/incident.ts';
import type { Status } from '../incident/lifecycle.ts';
import type { Person } from '../may.ts';
import type { Inside, Reply } from './inside.ts';

/** Somebody asks for something: by a command, a press or a shortcut. */
export interface Call {
  person: Person;
  by: By;
  /** The delivery it came with; answers find their way back through it. */
  delivery: string;
  channel: string | undefined;
  /** What was typed after the sub-command, or what the button carries. */
  text: string;
  /** Whom the text names, in order: there they are only `@name`. */
  mentions: string[];
  trigger: string;
  /** Taken up again after a restart: the trigger is dead, so no form can be opened. */
  late: boolean;
}

export interface IncidentCall extends Call {
  incident: Incident;
  /** Asked from inside the incident's own channel. */
  here: boolean;
}

interface Described {
  /** The word after `/incident`. */
  name: string;
  /** Short forms of it. */
  aliases?: string[];
  /** What may follow, as help shows it: `update <what customers should know>`. */
  usage: string;
  help: string;
}

export type Subcommand = Described &
  (
    | { where: 'anywhere'; run(call: Call, inside: Inside): Promise<Reply> }
    | {
        where: 'incident';
        /** Of which it may be, when somebody asks outside: those that are open unless it says otherwise. */
        statuses?: readonly Status[];
        run(call: IncidentCall, inside: Inside): Promise<Reply>;
      }
  );
