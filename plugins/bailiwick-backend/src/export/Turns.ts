import { ConflictError } from '@backstage/errors';

/** Archives that are taken at a time: each is a process, a file and a connection. */
const most = { all: 6, ofOne: 2 };

/** Keeps the number of archives small that are taken at the same time. */
export class Turns {
  readonly #tenants: string[] = [];

  /**
   * Takes a turn until it is ended.
   *
   * @throws ConflictError when too many are under way, of this tenant or in all
   */
  take(tenant: string): { end(): void } {
    const ofOne = this.#tenants.filter(one => one === tenant).length;
    if (ofOne >= most.ofOne)
      throw new ConflictError(
        `${ofOne} archives of "${tenant}" are being taken now; wait until one of these downloads has ended, and try again`,
      );
    if (this.#tenants.length >= most.all)
      throw new ConflictError(
        'Several archives are being taken now; try again in a few minutes',
      );
    this.#tenants.push(tenant);
    let isOver = false;
    return {
      end: () => {
        if (!isOver) this.#tenants.splice(this.#tenants.indexOf(tenant), 1);
        isOver = true;
      },
    };
  }
}
