import type { Notification } from '@backstage/plugin-notifications-common';
import { MailTemplate } from './MailTemplate';

const template = new MailTemplate({
  baseUrl: 'https://portal.example.com/base/',
  portal: 'Bailiwick',
});

function notification(payload: Partial<Notification['payload']>): Notification {
  return {
    id: '1',
    user: 'user:default/pia',
    created: new Date(),
    origin: 'plugin:bailiwick',
    payload: {
      title: 'Pending your approval: Renew rates-desk',
      description: 'Requested by rita.',
      link: '/requests?request=rates-desk-renew-1&a=b',
      severity: 'normal',
      ...payload,
    },
  };
}

describe('MailTemplate', () => {
  it('writes plain text with the next step as an absolute address', async () => {
    await expect(template.getText(notification({}))).resolves.toBe(
      `Pending your approval: Renew rates-desk

Requested by rita.

Open request: https://portal.example.com/base/requests?request=rates-desk-renew-1&a=b

-- 
Sent by Bailiwick.
Choose your notifications: https://portal.example.com/base/settings/notifications`,
    );
  });

  it('writes HTML with the same, and keeps text of users from becoming markup', async () => {
    const hostile = '<img src=x onerror=alert(1)> & "sons"';
    const html = await template.getHtml(
      notification({ title: hostile, description: hostile }),
    );
    expect(html).not.toContain('<img');
    expect(html).toContain(
      '&lt;img src=x onerror=alert(1)&gt; &amp; &quot;sons&quot;</h1>',
    );
    expect(html).toContain(
      'href="https://portal.example.com/base/requests?request=rates-desk-renew-1&amp;a=b"',
    );
  });

  it('keeps subjects in one short line', async () => {
    const title = `Denied:\r\nBcc: all@example.com ${'x'.repeat(300)}`;
    const subject = await template.getSubject(notification({ title }));
    expect(subject).toMatch(/^Denied: Bcc: all@example\.com x+…$/);
    expect(subject).toHaveLength(150);
  });

  it.each([
    ['/tenants/rates-desk', 'Open tenant'],
    ['/catalog/rates-desk/component/prices/deploy', 'Open app'],
    ['/catalog/rates-desk/api/prices', 'Open API'],
    ['/catalog/default/group/rates', 'Open Bailiwick'],
    ['https://elsewhere.example/', 'Open link'],
    [undefined, 'Open Bailiwick'],
  ])('describes the target of a link: %s', async (link, label) => {
    const text = await template.getText(notification({ link }));
    expect(text).toContain(`${label}: https://`);
  });
});
