import notificationsPlugin from '@backstage/plugin-notifications-backend';
import {
  changeRequestKind,
  tenantKind,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import notificationChannels from '@bailiwick/backstage-plugin-notifications-backend-module-bailiwick';
import { eventually } from '@bailiwick/backstage-testing';
import { MailServer } from '@bailiwick/backstage-testing/mail';
import { createTenant } from '../__testUtils__/createTenant';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const reason = 'Because of the merger that nobody knows of yet.';

integration('e-mails of notifications on a real API server', () => {
  let mailServer: MailServer;
  let portal: Portal;

  beforeAll(async () => {
    mailServer = await MailServer.start();
    portal = await startPortal({
      features: [notificationsPlugin, notificationChannels],
      config: {
        notifications: {
          processors: {
            email: {
              sender: 'Bailiwick <bailiwick@example.com>',
              transportConfig: {
                transport: 'smtp',
                hostname: '127.0.0.1',
                port: mailServer.port,
                requireTls: true,
                username: mailServer.username,
                password: mailServer.password,
              },
              filter: { minSeverity: 'normal' },
            },
          },
        },
      },
    });
    await createTenant(portal.cluster.client);
    await portal.shows('pia', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(async () => {
    await portal?.stop();
    await mailServer?.stop();
  }, 60_000);

  const requests = () =>
    portal.cluster.client
      .as({ user: 'bailiwick:operator', groups: ['system:masters'] })
      .resource<ChangeRequest>(changeRequestKind);

  /** Requests a renewal as Rita, and brings it to where an approver decides. */
  async function requestRenewal(expiresAt: string): Promise<string> {
    const { body, status } = await portal.call(
      'rita',
      'POST',
      '/tenants/rates-desk/requests',
      { action: 'renew', proposed: { expiresAt }, reason },
    );
    expect(status).toBe(201);
    const { name } = body.metadata;
    await requests().patchStatus(name, { plan: 'small', phase: 'Open' });
    await portal.shows('pia', '/requests', name);
    return name;
  }

  /** Decides as Pia, over the portal. */
  async function approve(name: string) {
    const { status } = await portal.call(
      'pia',
      'POST',
      `/requests/${name}/decision`,
      { verdict: 'approve', reason },
    );
    return status;
  }

  const mailTo = (name: string, subject: string) =>
    eventually(`${name} gets "${subject}"`, async () =>
      mailServer
        .to(`${name}@example.com`)
        .find(mail => mail.subject === subject),
    );

  it('ask the approver for a decision, then report it to the requester, and to no one else', async () => {
    const name = await requestRenewal('2027-01-01T00:00:00Z');
    const asked = await mailTo(
      'pia',
      'Pending your approval: Renew Rates desk',
    );
    const link = `http://portal.test/requests?request=${name}`;
    expect(asked).toMatchObject({
      to: ['pia@example.com'],
      from: '"Bailiwick" <bailiwick@example.com>',
      isEncrypted: true,
      text: expect.stringContaining(`Open request: ${link}`),
      html: expect.stringContaining(`href="${link}"`),
    });
    expect(asked.text).toMatch(/Requested by rita for tenant Rates desk/);
    expect(mailServer.mails).toHaveLength(1);

    await expect(approve(name)).resolves.toBe(200);
    const verdict = (await requests().get(name))!.status!.verdict;
    await requests().patchStatus(name, { phase: 'Approved', verdict });
    const approved = await mailTo('rita', 'Approved: Renew Rates desk');
    expect(approved.text).toContain('pia approved the request');
    await requests().patchStatus(name, { phase: 'Applied', verdict });
    const done = await mailTo('rita', 'Completed: Renew Rates desk');
    // That no decision is needed any more, only the portal reports.
    expect(mailServer.mails.map(({ subject, to }) => [to, subject])).toEqual([
      [['pia@example.com'], asked.subject],
      [['rita@example.com'], approved.subject],
      [['rita@example.com'], done.subject],
    ]);
    expect(JSON.stringify(mailServer.mails)).not.toContain(reason);
  });

  it('do not hold up decisions while the mail server is down; the log has reason and remedy', async () => {
    const { port } = mailServer;
    await mailServer.stop();
    await portal.restart();
    await eventually('The log says why', async () =>
      portal.log.find(line =>
        line.includes(
          `E-mail notifications can't be sent through the mail server 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}. Check hostname and port in notifications.processors.email.transportConfig`,
        ),
      ),
    );
    const name = await requestRenewal('2027-02-01T00:00:00Z');
    await expect(approve(name)).resolves.toBe(200);
    const verdict = (await requests().get(name))!.status!.verdict;
    expect(verdict).toMatchObject({ verdict: 'approve' });
    await eventually('The log names who got no mail', async () =>
      portal.log.find(line =>
        line.includes('Failed to send email to pia@example.com'),
      ),
    );
    mailServer = await MailServer.start(port);
  });

  it('reach the members of groups, each once', async () => {
    const tenants = portal.cluster.client.resource<Tenant>(tenantKind);
    await tenants.patch('rates-desk', {
      spec: { title: 'Rates <b>desk</b>' },
      metadata: { finalizers: ['bailiwick.dev/cleanup'] },
    });
    await tenants.delete('rates-desk');
    // Titles have no angle brackets, because Slack interprets text between them as a link.
    const subject = 'Tenant Rates ‹b›desk‹/b› is being deleted';
    for (const name of ['rita', 'bea', 'tom']) {
      const { html } = await mailTo(name, subject);
      expect(html).not.toContain('<b>desk');
      expect(html).toContain('Rates ‹b›desk‹/b›');
    }
    const told = mailServer.mails.filter(mail => mail.subject === subject);
    expect(told.flatMap(({ to }) => to).sort()).toEqual([
      'bea@example.com',
      'rita@example.com',
      'tom@example.com',
    ]);
    await tenants.patch('rates-desk', { metadata: { finalizers: null } });
    await eventually('The tenant is deleted', async () => {
      const { body } = await portal.call('pia', 'GET', '/tenants');
      return body.items.length === 0;
    });
  });
});
