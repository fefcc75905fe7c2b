import type { Change, Node } from '@bailiwick/backstage-kube-controller';
import { hasChangedReadiness, nodesReadiness } from './nodeReadiness';

const node = (
  name: string,
  status: 'True' | 'False' | 'Unknown',
  message = '',
): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: {
    conditions: [
      {
        type: 'Ready',
        status,
        message,
        lastTransitionTime: '2026-11-20T08:00:00Z',
      },
    ],
  },
});

describe('nodesReadiness', () => {
  it('is true when all nodes are ready', () => {
    expect(nodesReadiness([node('a', 'True'), node('b', 'True')])).toEqual({
      status: 'True',
      reason: 'NodesReady',
      message: 'All 2 nodes are ready',
    });
  });

  it('is unknown while a node does not report', () => {
    expect(nodesReadiness([node('a', 'True'), node('b', 'Unknown')])).toEqual({
      status: 'Unknown',
      reason: 'NodeNotReady',
      message: 'Node b is not reporting (noticed at 2026-11-20T08:00:00Z)',
    });
  });

  it('is false when a node reports a problem', () => {
    const disk = node('b', 'False', 'The container runtime is down');
    expect(nodesReadiness([node('a', 'Unknown'), disk])).toMatchObject({
      status: 'False',
      message: expect.stringMatching(
        /^Node a .*; Node b has not been ready since 2026-11-20T08:00:00Z: The container/,
      ),
    });
  });

  it('counts a node that has never reported', () => {
    const fresh = { ...node('a', 'True'), status: {} };
    expect(nodesReadiness([fresh])).toMatchObject({
      status: 'Unknown',
      message: 'Node a is not reporting',
    });
  });

  it('names three nodes at most', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'].map(name => node(name, 'Unknown'));
    const { message } = nodesReadiness(nodes);
    expect(message).toMatch(/Node c .*; 2 more nodes are not ready$/);
    expect(message).not.toContain('Node d');
    expect(nodesReadiness(nodes.slice(1)).message).toMatch(
      /Node d .*; 1 more node is not ready$/,
    );
  });

  it('is unknown without nodes', () => {
    expect(nodesReadiness([])).toMatchObject({
      status: 'Unknown',
      reason: 'NoNodes',
    });
  });
});

describe('hasChangedReadiness', () => {
  const updated = (previous: Node, object: Node) =>
    hasChangedReadiness({ type: 'updated', previous, object } as Change<Node>);

  it('notices that a node stops reporting, and no heartbeat', () => {
    expect(updated(node('a', 'True'), node('a', 'Unknown'))).toBe(true);
    expect(updated(node('a', 'True', 'one'), node('a', 'True', 'two'))).toBe(
      false,
    );
    const stuck = (age: string) =>
      node('a', 'False', `PLEG is not healthy: last seen active ${age} ago`);
    expect(updated(stuck('3m1.5s'), stuck('3m11.5s'))).toBe(false);
    expect(updated(stuck('3m1.5s'), node('a', 'True'))).toBe(true);
  });
});
