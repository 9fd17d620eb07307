import type net from 'node:net';

/** What an app process says to the keeper. The first line must be the knock. */
export type VisitorMessage = { kind: 'knock'; secret: string } | { kind: 'release' };

/** What the keeper says to an app process, one JSON text a line. */
export type KeeperMessage =
  | { kind: 'welcome'; secret: string }
  | { kind: 'log'; line: string }
  | { kind: 'ready'; port: number }
  | { kind: 'failed'; reason: string }
  | { kind: 'lost'; reason: string };

export function say(socket: net.Socket, message: VisitorMessage | KeeperMessage): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

/** Both ends come out of one build and prove a secret first, so a line that parses is taken for what it claims to be. */
export function hear(socket: net.Socket, listener: (message: VisitorMessage | KeeperMessage) => void): void {
  let begun = '';
  socket.on('error', () => undefined); // 'close' follows, and that is what everybody listens to
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (begun + text).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) {
      const message = parse(line);
      if (message) {
        listener(message);
      } else {
        socket.destroy(); // somebody else's protocol, on a port that was ours once
      }
    }
  });
}

function parse(line: string): VisitorMessage | KeeperMessage | null {
  try {
    return JSON.parse(line) as VisitorMessage | KeeperMessage | null;
  } catch {
    return null;
  }
}
