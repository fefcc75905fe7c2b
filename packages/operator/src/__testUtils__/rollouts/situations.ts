import { Play, type CodeName } from './Play';
import type { PackName, Stage, TenantName } from './Stage';

/** Something that happens to apps, played on a real cluster. */
export interface Situation {
  /** Of the recording and of the app. */
  name: string;
  /** In a sentence. */
  what: string;
  tenant?: TenantName;
  pack?: PackName;
  /** Whether nothing else may happen meanwhile. */
  isAlone?: boolean;
  play(play: Play): Promise<void>;
}

/** Seconds after which nothing changes any more, however long a word must last. */
const calm = 14;

/** The same where pods stopped answering and went on. */
const steady = 40;

/** An app that answers, and has for a while. */
async function running(play: Play, name: CodeName = 'good'): Promise<void> {
  await play.begin(name);
  await play.untilReady();
  await play.wait(calm);
}

/** A correction that works. */
async function corrected(play: Play): Promise<void> {
  await play.push('better');
  await play.untilReady();
  await play.wait(calm);
}

/** All situations; those that can happen side by side come first. */
export const situations: Situation[] = [
  {
    name: 'too-slow-start',
    what: 'The code takes two and a half minutes to load.',
    async play(play) {
      await running(play, 'tooSlow');
      await play.wait(steady);
    },
  },
  {
    name: 'good-rollout',
    what: 'An app is made, and gets other code.',
    async play(play) {
      await running(play);
      await corrected(play);
    },
  },
  {
    name: 'image-missing',
    what: 'No registry has the image of the runtime, until it is loaded.',
    pack: 'absent',
    async play(play) {
      await play.begin('good');
      await play.wait(45);
      play.note('The image is there');
      await play.stage.loadAbsentImage();
      await play.untilReady();
      await play.wait(calm);
    },
  },
  {
    name: 'crash-loop',
    what: 'The code ends the process while it is loaded, until it is corrected.',
    async play(play) {
      await play.begin('crashing');
      await play.wait(60);
      await corrected(play);
    },
  },
  {
    name: 'crash-once',
    what: 'The code ends the process the first time that it is loaded.',
    play: play => running(play, 'crashingOnce'),
  },
  {
    name: 'broken-code',
    what: 'Other code cannot be loaded, and is corrected.',
    async play(play) {
      await running(play);
      await play.push('broken');
      await play.wait(25);
      await corrected(play);
    },
  },
  {
    name: 'out-of-memory',
    what: 'The code takes more memory than it may while it is loaded, until it is corrected.',
    pack: 'tiny',
    async play(play) {
      await play.begin('hungry');
      await play.wait(60);
      await corrected(play);
    },
  },
  {
    name: 'slow-start',
    what: 'The code takes 40 seconds to load.',
    play: play => running(play, 'slow'),
  },
  {
    name: 'roll-back',
    what: 'Other code crashes, and the app goes back to what it had.',
    async play(play) {
      await running(play);
      await play.push('crashing');
      await play.wait(40);
      play.note('Back to the first code');
      await play.goTo(play.firstCommit);
      await play.untilReady();
      await play.wait(calm);
    },
  },
  {
    name: 'scale',
    what: 'Three pods are wanted, then one.',
    async play(play) {
      await running(play);
      await play.scale(3);
      await play.untilReady(3);
      await play.wait(calm);
      await play.scale(1);
      await play.untilReady(1);
      await play.wait(calm);
    },
  },
  {
    name: 'unschedulable',
    what: 'No node has as many processors as the pod asks for, until it asks for less.',
    tenant: 'vast-desk',
    pack: 'vast',
    async play(play) {
      await play.begin('good');
      await play.wait(30);
      play.note('It asks for less');
      await play.stage.makeRoom();
      await play.untilReady();
      await play.wait(calm);
    },
  },
  {
    name: 'quota',
    what: 'Another app uses the quota up, until it is paused.',
    tenant: 'tight-desk',
    async play(play) {
      const other = new Play(play.stage, 'other', '', { tenant: 'tight-desk' });
      await other.begin('good');
      await other.untilReady();
      await play.begin('good');
      await play.wait(30);
      play.note('The other app is paused');
      await other.suspend();
      await play.untilReady();
      await play.wait(calm);
      await other.end();
    },
  },
  {
    name: 'one-gap',
    what: 'A pod that has answered answers nothing for 14 seconds.',
    async play(play) {
      await running(play);
      await play.freeze(14);
      await play.wait(steady);
    },
  },
  {
    name: 'flapping',
    what: 'A pod answers nothing for 14 seconds, four times with 5 seconds between.',
    async play(play) {
      await running(play);
      for (let count = 0; count < 4; count += 1) {
        await play.freeze(14);
        await play.wait(5);
      }
      await play.wait(steady);
    },
  },
  {
    name: 'stops-answering',
    what: 'A pod answers nothing any more, and is ended and started anew by its node.',
    async play(play) {
      await running(play);
      await play.freeze(75);
      await play.untilReady();
      await play.wait(calm);
    },
  },
  {
    name: 'one-of-three',
    what: 'One of three pods answers nothing any more, and is ended and started anew by its node.',
    async play(play) {
      await running(play);
      await play.scale(3);
      await play.untilReady(3);
      await play.wait(calm);
      await play.freeze(75);
      await play.untilReady(3);
      await play.wait(steady);
    },
  },
  {
    name: 'node-gone',
    what: 'The node of a pod falls silent for 90 seconds, and comes back.',
    isAlone: true,
    async play(play) {
      await running(play);
      await play.freezeCluster('kubelet', 90);
      await play.untilReady();
      await play.wait(steady);
    },
  },
  {
    name: 'cluster-gone',
    what: 'The API server falls silent for 25 seconds in the middle of a rollout.',
    isAlone: true,
    async play(play) {
      await running(play);
      await play.push('better');
      await play.wait(1);
      await play.freezeCluster('kube-apiserver', 25);
      await play.untilReady();
      await play.wait(calm);
    },
  },
];

/** Plays one. @returns its recording */
export async function perform(
  stage: Stage,
  { name, pack, play, tenant, what }: Situation,
): Promise<string> {
  const played = new Play(stage, name, what, { pack, tenant });
  await play(played);
  return played.end();
}
