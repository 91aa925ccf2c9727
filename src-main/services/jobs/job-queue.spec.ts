import { describe, expect, it } from 'vitest';
import type { Job } from './job.ts';
import { JobQueue } from './job-queue.ts';

/** Works from its turn until it is over, and nothing else. */
class Fake {
  state: 'new' | 'queued' | 'working' | 'over' = 'new';
  place = 0;
  isReleased = false;

  get isQueued() {
    return this.state === 'queued';
  }
  get isWorking() {
    return this.state === 'working';
  }
  get isActive() {
    return this.isQueued || this.isWorking;
  }
  queueUp() {
    this.state = 'queued';
  }
  wait(place: number) {
    this.place = place;
  }
  go() {
    this.state = 'working';
  }
  release() {
    this.isReleased = true;
  }
}

const asJob = (fake: Fake) => fake as unknown as Job;

function queueOf(count: number, atOnce?: number) {
  const jobs = Array.from({ length: count }, () => new Fake());
  return { jobs, queue: new JobQueue(() => jobs.map(asJob), atOnce) };
}

const placesOf = (jobs: readonly Fake[]) => jobs.map((job) => (job.isQueued ? job.place : job.state));

describe('the queue of trainings', () => {
  it('lets one work at a time, the others in the order in which they came, each told its place', () => {
    const { jobs, queue } = queueOf(3);
    for (const job of jobs) queue.enter(asJob(job));
    expect(placesOf(jobs)).toEqual(['working', 1, 2]);
    jobs[0]!.state = 'over';
    queue.pump();
    expect(placesOf(jobs)).toEqual(['over', 'working', 1]);
    expect(queue.placeOf(asJob(jobs[2]!))).toBe(1);
    expect(queue.placeOf(asJob(jobs[1]!))).toBeUndefined();
  });

  it('lets as many work at a time as the host allows', () => {
    const { jobs, queue } = queueOf(3, 2);
    for (const job of jobs) queue.enter(asJob(job));
    expect(placesOf(jobs)).toEqual(['working', 'working', 1]);
  });

  it('takes one in at any place, and moves up behind one that leaves or is cancelled where it waits', () => {
    const { jobs, queue } = queueOf(4);
    for (const job of jobs.slice(0, 3)) queue.enter(asJob(job));
    queue.enter(asJob(jobs[3]!), 1);
    expect(placesOf(jobs)).toEqual(['working', 2, 3, 1]);
    queue.leave(asJob(jobs[3]!));
    jobs[1]!.state = 'over';
    queue.pump();
    expect([queue.has(asJob(jobs[3]!)), queue.length, jobs[2]!.place]).toEqual([false, 1, 1]);
  });

  it('lets the processes of those at rest go, but of the two latest', () => {
    const { jobs, queue } = queueOf(4);
    for (const job of jobs) job.state = 'over';
    queue.pump();
    expect(jobs.map(({ isReleased }) => isReleased)).toEqual([true, true, false, false]);
  });

  it('gives nobody a turn once it is closed', () => {
    const { jobs, queue } = queueOf(2);
    queue.enter(asJob(jobs[0]!));
    queue.close();
    jobs[0]!.state = 'over';
    queue.pump();
    queue.enter(asJob(jobs[1]!));
    expect([jobs[1]!.state, queue.length]).toEqual(['new', 0]);
  });
});
