import { connect } from 'node:net';
import { errors, type buildConnector } from 'undici';

/** Milliseconds until a connection is given up. */
const patience = 200;

/**
 * Connects to a Service that may have no pod, or gives up soon.
 *
 * Linux ignores that a Service without pods rejects a connection if the rejection arrives while the connection is being
 * opened, and then sends the next packet only after a second (RFC 6298 section 2.1). A pod that becomes ready in this
 * second would go unnoticed.
 */
export const connectSoon: buildConnector.connector = (
  { hostname, port },
  done,
) => {
  const socket = connect({
    host: hostname,
    // Empty for the default port.
    port: Number(port || 80),
    keepAlive: true,
    noDelay: true,
  });
  const timer = setTimeout(
    () => socket.destroy(new errors.ConnectTimeoutError()),
    patience,
  );
  const fail = (error: Error) => {
    clearTimeout(timer);
    done(error, null);
  };
  socket.once('error', fail).once('connect', () => {
    clearTimeout(timer);
    socket.off('error', fail);
    done(null, socket);
  });
};
