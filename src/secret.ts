/** A value that does not show itself when something prints it. */
export interface Secret {
  reveal(): string;
}

export const secret = (value: string): Secret =>
  ({ reveal: () => value, toString: () => '[hidden]', toJSON: () => '[hidden]' }) as Secret;
