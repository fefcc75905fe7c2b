import type { ClusterState } from '@bailiwick/backstage-local-cluster';
import type { Reporter } from './Reporter';

type Step = ClusterState['steps'][number];

const detailSeconds = 10;

/** Tells the steps of a cluster's start: each beginning and end once, what happens in between now and then. */
export class StepTeller {
  readonly #reporter: Reporter;
  readonly #states = new Map<string, string>();
  readonly #details = new Map<string, { text?: string; at: number }>();
  #why = '';

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** Tells what is new in a state. */
  tell({ steps, why }: ClusterState): void {
    if (why && why !== this.#why) {
      this.#why = why;
      this.#reporter.say(`✔ Cluster: ${why}`);
    }
    for (const step of steps) {
      const before = this.#states.get(step.name);
      this.#states.set(step.name, step.state);
      if (before !== step.state) this.#tellState(step);
      else if (step.state === 'running') this.#tellDetail(step);
    }
  }

  #tellState({ detail, name, seconds, state, title }: Step): void {
    const more = detail ? ` – ${detail}` : '';
    this.#details.set(name, { text: detail, at: this.#reporter.seconds() });
    if (state === 'running') this.#reporter.say(`… ${title}${more}`);
    if (state === 'failed') this.#reporter.say(`✘ ${title}${more}`);
    if (state === 'done') {
      this.#reporter.say(`✔ ${title} (${seconds?.toFixed(1)} s)${more}`);
    }
  }

  #tellDetail({ detail, name, title }: Step): void {
    const now = this.#reporter.seconds();
    const told = this.#details.get(name);
    if (!detail || told?.text === detail) return;
    if (told && now - told.at < detailSeconds) return;
    this.#details.set(name, { text: detail, at: now });
    this.#reporter.say(`… ${title} – ${detail}`);
  }
}
