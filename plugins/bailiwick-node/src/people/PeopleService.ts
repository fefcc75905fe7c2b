/** Knows whose User entity is in the catalog. Answers are at most 15 s old. @public */
export interface PeopleService {
  /**
   * Checks that a person has not left.
   *
   * @param user - entity reference, such as `user:default/ada`
   * @throws AuthenticationError when the catalog has no entity of the person
   */
  requirePresent(user: string): Promise<void>;
  /** Returns those of some people of whom the catalog has no entity. */
  findAbsent(users: Iterable<string>): Promise<Set<string>>;
  /**
   * Returns those of some people who have certainly left. A new catalog may not have read all people yet: in the first
   * five minutes of the process, only absent people of whom it had an entity count.
   */
  findDeparted(users: Iterable<string>): Promise<Set<string>>;
  /**
   * Calls back once when a person has certainly left.
   *
   * @returns function that ends this
   */
  onDeparture(user: string, departed: () => void): () => void;
}
