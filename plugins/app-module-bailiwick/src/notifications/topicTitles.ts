// Names of Bailiwick's notifications for people.

/** Title of Bailiwick's notifications as a whole, by origin. */
export const originTitles: Record<string, string> = {
  'plugin:bailiwick': 'Tenants and requests',
};

/** Titles of the topics that people can mute one by one. */
export const topicTitles: Record<string, string> = {
  decisions: 'Requests to approve',
  requests: 'Progress of requests',
  membership: 'Membership of tenants',
  life: 'Expiry and deletion of tenants',
};
