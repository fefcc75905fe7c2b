import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { aTenant } from '../__testUtils__/createTenant';
import { newRequest } from '../requests/newRequest';
import { memberNotices } from './memberNotices';

const rita = { user: 'user:default/rita', groups: [] };
const bea = (role: string) => ({ subject: 'user:default/bea', role });
const traders = { subject: 'group:default/traders', role: 'viewer' };

function change(before: object[], after: object[]): ChangeRequest {
  const { metadata, ...made } = newRequest(rita, 'rates-desk', {
    action: 'setMembers',
    proposed: { members: after },
    reason: 'Needed.',
  });
  return {
    ...made,
    metadata: { ...metadata, uid: 'request-1' },
    status: { phase: 'Applied', before: { members: before } },
  };
}

const told = (request: ChangeRequest) =>
  memberNotices(request, aTenant()).map(({ link, title, to }) => ({
    link,
    title,
    to,
  }));

describe('memberNotices', () => {
  it('notifies new members, and members with a changed role', () => {
    expect(told(change([bea('viewer')], [bea('builder'), traders]))).toEqual([
      {
        link: '/tenants/rates-desk',
        title: 'You are now a builder of tenant Rates desk',
        to: ['user:default/bea'],
      },
      {
        link: '/tenants/rates-desk',
        title: 'Group traders is now a viewer of tenant Rates desk',
        to: ['group:default/traders'],
      },
    ]);
  });

  it('notifies removed members, with a link that they can open', () => {
    expect(told(change([bea('builder'), traders], [traders]))).toEqual([
      {
        link: '/tenants',
        title: 'You were removed from tenant Rates desk',
        to: ['user:default/bea'],
      },
    ]);
  });

  it('notifies the members of a new tenant', () => {
    const { metadata, ...made } = newRequest(rita, 'new-desk', {
      action: 'create',
      proposed: { ...aTenant().spec, title: 'New desk' },
      reason: 'Needed.',
    });
    const request: ChangeRequest = {
      ...made,
      metadata: { ...metadata, uid: 'request-1' },
      status: { phase: 'Applied' },
    };
    expect(memberNotices(request, undefined).map(({ title }) => title)).toEqual(
      [
        'You are now a builder of tenant New desk',
        'Group traders is now a viewer of tenant New desk',
      ],
    );
  });

  it('sends nothing before it is done, or without a change', () => {
    const open = change([], [traders]);
    expect(
      told({ ...open, status: { ...open.status, phase: 'Open' } }),
    ).toEqual([]);
    expect(told(change([traders], [traders]))).toEqual([]);
  });
});
