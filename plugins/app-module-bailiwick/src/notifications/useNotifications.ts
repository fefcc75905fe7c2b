import { useApi } from '@backstage/frontend-plugin-api';
import {
  notificationsApiRef,
  useNotificationsApi,
  type UpdateNotificationsOptions,
} from '@backstage/plugin-notifications';
import { useSignal } from '@backstage/plugin-signals-react';
import { useAddress } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useEffect, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';

/** Notifications that the page shows at first, and how many more on demand. */
const pageSize = 20;
const searchDelayMs = 300;

/** Views of the page; the key is in the address. */
export const views = {
  unread: { title: 'Unread', options: { read: false } },
  read: { title: 'Read', options: { read: true } },
  saved: { title: 'Saved', options: { saved: true } },
  all: { title: 'All', options: {} },
} as const;
export type View = keyof typeof views;

const isView = (text: string): text is View => Object.hasOwn(views, text);

/** The reader's notifications, newest first, with their actions; view, topic and search are in the address. */
export function useNotifications() {
  const api = useApi(notificationsApiRef);
  const [params, change] = useAddress();
  const view = isView(params.get('view') ?? '') ? params.get('view') : 'unread';
  const topic = params.get('topic') ?? '';
  const search = params.get('search') ?? '';
  const [limit, setLimit] = useState(pageSize);
  const [term, setTerm] = useState(search);
  useDebounce(() => setTerm(search.trim()), searchDelayMs, [search]);
  const [failure, setFailure] = useState<Error>();
  const { error, loading, retry, value } = useNotificationsApi(
    async client => {
      const { options } = views[view as View];
      const [list, status, { topics }] = await Promise.all([
        client.getNotifications({
          ...options,
          limit,
          search: term || undefined,
          sort: 'created',
          sortOrder: 'desc',
          topic: topic || undefined,
        }),
        client.getStatus(),
        client.getTopics(),
      ]);
      return { ...list, topics, unread: status.unread };
    },
    [limit, term, topic, view],
  );
  // The hook forgets its value while it loads again; shown notifications stay.
  const [shown, setShown] = useState(value);
  useEffect(() => {
    if (value) setShown(value);
  }, [value]);
  const { lastSignal } = useSignal('notifications');
  useEffect(() => {
    if (lastSignal) retry();
    // Each state of the request has a function of its own.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [lastSignal]);
  const update = async (options: UpdateNotificationsOptions) => {
    try {
      await api.updateNotifications(options);
      setFailure(undefined);
      retry();
    } catch (reason) {
      setFailure(reason as Error);
    }
  };
  return {
    change,
    error,
    failure,
    loading,
    search,
    showMore: () => setLimit(before => before + pageSize),
    shown,
    topic,
    update,
    updateAllUnread: async () => {
      const { notifications } = await api.getNotifications({ read: false });
      await update({ ids: notifications.map(({ id }) => id), read: true });
    },
    view: view as View,
  };
}
