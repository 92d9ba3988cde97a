import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A statement is lost with its connection, or it comes to the server, and the answer is lost. */
export type Fate = 'lost' | 'unanswered';

/** A network between a client and a PostgreSQL server. */
export interface UnsteadyLine {
  /** The server's URL, through this line. */
  url: string;
  /** Breaks all connections, and lets none be made until it is mended. */
  cut(): void;
  mend(): void;
  /** What becomes of the next statements with this word in them that clients send. */
  meet(word: string, fate: Fate, times?: number): void;
  close(): Promise<void>;
}

export async function unsteadyLine(target: string): Promise<UnsteadyLine> {
  const { hostname, port } = new URL(target);
  const ends = new Set<Socket>();
  let isCut = false;
  let met: { word: string; fate: Fate; times: number } | null = null;
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const database = connect(Number(port), hostname);
    join(client, database);
    client.on('data', (data) => {
      const fate = met && met.times > 0 && data.includes(met.word) ? met.fate : 'pass';
      if (met && fate !== 'pass') met.times--;
      if (fate === 'lost') client.destroy();
      else if (fate === 'unanswered') {
        // Once the server has answered, it has done it.
        database.removeAllListeners('data').once('data', () => client.destroy());
        database.write(data);
      } else database.write(data);
    });
    database.on('data', (data) => client.write(data));
  });
  function join(...sockets: [Socket, Socket]): void {
    for (const [at, socket] of sockets.entries()) {
      ends.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        ends.delete(socket);
        sockets[1 - at]?.destroy();
      });
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      isCut = true;
      for (const end of ends) end.destroy();
    },
    mend() {
      isCut = false;
    },
    meet(word, fate, times = 1) {
      met = { word, fate, times };
    },
    close: async () => {
      for (const end of ends) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
