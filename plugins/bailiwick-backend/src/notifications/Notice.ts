/** Topics that people can mute in their settings. */
export type NoticeTopic = 'decisions' | 'requests' | 'membership' | 'life';

/** Returns what people call a person or group, from its entity reference. */
export type NameOf = (reference: string) => string;

/** Something that happened, in words for those whom it concerns. It says nobody's reasons. */
export interface Notice {
  /** Uid of the object that it is about. */
  about: string;
  /** Tells it from others about the same object; each is told once. */
  what: string;
  /** A later notice with the same value replaces an earlier one; by default none is replaced. */
  replaces?: string;
  /** Told only when this was told of the same object. */
  onlyAfter?: string;
  /** References of the people and groups whom it concerns. */
  to: string[];
  /** Reference of the person who did it, and so knows it. */
  except?: string;
  topic: NoticeTopic;
  /** `low` needs nobody's attention: channels such as e-mail can leave it out. */
  severity: 'low' | 'normal' | 'high';
  title: string;
  /** Event and next step. */
  description: string;
  /** Path of the page to go on with. */
  link: string;
}
