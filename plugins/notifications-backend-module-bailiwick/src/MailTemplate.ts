import type { Config } from '@backstage/config';
import type { NotificationTemplateRenderer } from '@backstage/plugin-notifications-backend-module-email';
import type { Notification } from '@backstage/plugin-notifications-common';
import { resolveNotificationLink } from '@backstage/plugin-notifications-node';
import escapeHtml from 'escape-html';
import { mailDocument } from './mailDocument';

/** Characters of a subject line; mail clients show at most about as many. */
const longestSubject = 150;

/** Content of a mail, independent of its format. */
export interface MailContent {
  title: string;
  description: string;
  /** The next step: words and absolute address. */
  action: { label: string; url: string };
  /** Name of the portal. */
  portal: string;
  /** Address of the page where people mute topics. */
  settings: string;
}

/** Writes notifications as e-mails, in plain text and HTML. Text of users is escaped. */
export class MailTemplate implements NotificationTemplateRenderer {
  readonly #baseUrl: string;
  readonly #portal: string;

  constructor(options: { baseUrl: string; portal: string }) {
    this.#baseUrl = options.baseUrl.replace(/\/$/, '');
    this.#portal = options.portal;
  }

  static fromConfig(config: Config): MailTemplate {
    return new MailTemplate({
      baseUrl: config.getString('app.baseUrl'),
      portal: config.getOptionalString('app.title') ?? 'Bailiwick',
    });
  }

  /** Title of the notification in one line. */
  async getSubject({ payload }: Notification): Promise<string> {
    const line = payload.title.replace(/\s+/g, ' ').trim();
    return line.length > longestSubject
      ? `${line.slice(0, longestSubject - 1)}…`
      : line;
  }

  async getText(notification: Notification): Promise<string> {
    const content = this.#contentOf(notification);
    const { action, description, portal, settings, title } = content;
    return [
      title,
      ...(description ? [description] : []),
      `${action.label}: ${action.url}`,
      `-- \n${footer(portal)}\nChoose your notifications: ${settings}`,
    ].join('\n\n');
  }

  async getHtml(notification: Notification): Promise<string> {
    const content = this.#contentOf(notification);
    const { action, description, portal, settings, title } = content;
    return mailDocument({
      title: escapeHtml(title),
      description: escapeHtml(description),
      action: { label: escapeHtml(action.label), url: escapeHtml(action.url) },
      portal: escapeHtml(portal),
      footer: escapeHtml(footer(portal)),
      settings: escapeHtml(settings),
    });
  }

  #contentOf({ payload }: Notification): MailContent {
    const { description = '', link = '/notifications', title } = payload;
    const url = resolveNotificationLink(link, this.#baseUrl) ?? link;
    return {
      title,
      description,
      action: { label: this.#labelOf(url), url },
      portal: this.#portal,
      settings: `${this.#baseUrl}/settings/notifications`,
    };
  }

  /** Returns the label of a link. */
  #labelOf(url: string): string {
    const path = url.startsWith(`${this.#baseUrl}/`)
      ? url.slice(this.#baseUrl.length)
      : '';
    if (path.startsWith('/requests')) return 'Open request';
    if (path.startsWith('/tenants/')) return 'Open tenant';
    if (/^\/catalog\/[^/]+\/component\//.test(path)) return 'Open app';
    if (/^\/catalog\/[^/]+\/api\//.test(path)) return 'Open API';
    return path ? `Open ${this.#portal}` : 'Open link';
  }
}

function footer(portal: string): string {
  return `Sent by ${portal}.`;
}
