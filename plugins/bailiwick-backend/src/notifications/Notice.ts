/** Topics that people can mute in their settings. */
export type NoticeTopic = 'decisions' | 'requests' | 'membership' | 'life';

/** Returns the display name of a person or group, from its entity reference. */
export type NameOf = (reference: string) => string;

/** An event with a message for the people it concerns, without reasons of other people. */
export interface Notice {
  /** Uid of the object that it is about. */
  about: string;
  /** Distinguishes it from other notices about the same object; each is sent once. */
  what: string;
  /** A later notice with the same value replaces an earlier one; by default none is replaced. */
  replaces?: string;
  /** Sent only after this notice about the same object. */
  onlyAfter?: string;
  /** References of the people and groups whom it concerns. */
  to: string[];
  /** Reference of the person who caused it, and therefore knows it. */
  except?: string;
  topic: NoticeTopic;
  /** `low` is not urgent: channels such as e-mail can omit it. */
  severity: 'low' | 'normal' | 'high';
  title: string;
  /** Event and next step. */
  description: string;
  /** Path of the next step's page. */
  link: string;
}
