import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Passes connections on to one of several ports of this machine in turn, as a balancer in front of replicas does. */
export interface Balancer {
  readonly port: number;
  /** Where new connections go from now on. */
  route(ports: readonly number[]): void;
  close(): Promise<void>;
}

export async function startBalancer(first: readonly number[]): Promise<Balancer> {
  let [ports, next] = [first, 0];
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const port = ports[next++ % Math.max(1, ports.length)];
    if (port === undefined) return void client.destroy();
    const target = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => open.delete(socket));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    route: (to) => void (ports = to),
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
