import type { ClusterState } from '@bailiwick/backstage-local-cluster';
import type { Reporter } from './Reporter';

type Step = ClusterState['steps'][number];
type Component = ClusterState['components'][number];

const detailSeconds = 10;

const chosen: Record<ClusterState['provider'], string> = {
  existing: 'existing cluster',
  kind: 'kind cluster in Docker',
  local: 'local cluster on this machine',
};

/**
 * Reports the steps of a cluster's start: start and end once, and progress in between. Reports ends of its parts, also
 * later.
 */
export class StepReporter {
  readonly #reporter: Reporter;
  readonly #states = new Map<string, string>();
  readonly #details = new Map<string, { text?: string; at: number }>();
  readonly #restarts = new Map<string, number>();
  readonly #down = new Set<string>();
  #why = '';

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** Reports the changes of a state. */
  tell({ components, provider, steps, why }: ClusterState): void {
    if (why && why !== this.#why) {
      this.#why = why;
      this.#reporter.say(`✔ Cluster: ${chosen[provider]} (${why})`);
    }
    for (const step of steps) {
      const before = this.#states.get(step.name);
      this.#states.set(step.name, step.state);
      if (before !== step.state) this.#tellState(step);
      else if (step.state === 'running') this.#tellDetail(step);
    }
    for (const component of components) this.#tellComponent(component);
  }

  #tellComponent({
    lastEnd,
    log,
    name,
    ready,
    restarts,
    seconds,
  }: Component): void {
    const before = this.#restarts.get(name) ?? 0;
    this.#restarts.set(name, restarts);
    if (lastEnd && restarts > before) {
      this.#down.add(name);
      this.#reporter.say(
        `✘ ${name} ended (${lastEnd.how}, see ${log}): restarting in ${lastEnd.pauseSeconds} s`,
      );
    }
    if (ready && this.#down.delete(name)) {
      this.#reporter.say(`✔ ${name} is ready again (${seconds?.toFixed(1)} s)`);
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
