import {
  appOperatePermission,
  appTerminalPermission,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { permissionRefusal, refusalSentence } from './permissionRefusal';

const dev = { name: 'dev', protected: false };
const prod = { name: 'prod', protected: true };

describe('refusalSentence', () => {
  it.each([
    [appOperatePermission, prod, 'prod is protected: only owners can do this'],
    [
      appOperatePermission,
      dev,
      'Only builders and owners of the tenant can do this',
    ],
    [
      appTerminalPermission,
      prod,
      'prod is protected: only platform engineers can open a terminal',
    ],
    [
      appTerminalPermission,
      dev,
      'Only builders and owners of the tenant can open a terminal',
    ],
  ])('explains %j in %j', (permission, environment, expected) => {
    expect(refusalSentence(permission, environment)).toBe(expected);
  });
});

describe('permissionRefusal', () => {
  it('names the permission', () => {
    expect(permissionRefusal(appOperatePermission, prod)).toBe(
      'prod is protected: only owners can do this (permission bailiwick.app.operate)',
    );
  });
});
