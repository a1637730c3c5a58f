import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface Mail {
  from: string;
  to: string[];
  /** Headers and text, as they came. */
  data: string;
}

export interface MailServer {
  port: number;
  mails: Mail[];
  /** What is said instead of the usual, by the command: `{ 'RCPT': '550 no such user' }`; `hang` says nothing, `reset` breaks off. */
  says: Record<string, string>;
  /** Breaks off every conversation. */
  hangUp(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A mail server on this machine that speaks as much of RFC 5321 as it takes to receive a mail. */
export async function mailServer(says: Record<string, string> = {}): Promise<MailServer> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    converse(socket, says, mails);
  });
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    says,
    hangUp,
    async [Symbol.asyncDispose]() {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const usual: Record<string, string> = {
  GREETING: '220 mail.example.com',
  EHLO: '250-mail.example.com\r\n250 AUTH PLAIN',
  AUTH: '235 welcome',
  MAIL: '250 go on',
  RCPT: '250 go on',
  DATA: '354 go on',
  END: '250 queued as 7',
  QUIT: '221 bye',
};

function converse(socket: Socket, says: Record<string, string>, mails: Mail[]): void {
  let rest = '';
  let data: string[] | undefined;
  let mail: Mail = { from: '', to: [], data: '' };

  function say(command: string): void {
    const words = says[command] ?? usual[command] ?? '500 pardon';
    if (words === 'reset') socket.destroy();
    else if (words !== 'hang') socket.write(`${words}\r\n`);
  }

  function hear(line: string): void {
    if (data && line === '.') {
      if (!says.END?.startsWith('4')) mails.push({ ...mail, data: data.join('\n') });
      data = undefined;
      say('END');
    } else if (data) data.push(line);
    else {
      const command = line.split(' ')[0]?.toUpperCase() ?? '';
      const address = /<(.*)>/.exec(line)?.[1] ?? '';
      if (command === 'MAIL') mail = { from: address, to: [], data: '' };
      const refused = command === 'RCPT' && says[`RCPT ${address}`];
      if (refused) return void socket.write(`${refused}\r\n`);
      if (command === 'RCPT') mail.to.push(address);
      if (command === 'DATA' && !says.DATA) data = [];
      say(command);
    }
  }

  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
  say('GREETING');
}
