import { readFile } from 'node:fs/promises';
import type { RunningApp } from './on-app.ts';

/** Processor seconds so far by kind of process; what has ended by then is not in it. */
export type ProcessorTime = Readonly<Record<'training' | 'host' | 'page' | 'drawing' | 'browser', number>>;

/** Linux's clock ticks a second, as programs see them. */
const ticks = 100;

/** @param stat the text of /proc/PID/stat: user and system time are its fields 14 and 15, after a name in brackets */
export function secondsIn(stat: string): number {
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / ticks;
}

const secondsOf = async (pid: number | string) =>
  secondsIn(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') ' + '0 '.repeat(20)));

async function childrenOf(pid: number): Promise<string[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return children.split(' ').filter((child) => child.trim() !== '');
}

/** `training`: all that the host has started; `drawing`: Chromium's GPU process, which draws in software here. */
export async function processorTime({ browser, hostPid }: RunningApp): Promise<ProcessorTime> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const chromium = (is: (type: string) => boolean) =>
    processInfo.filter(({ type }) => is(type)).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  const training = await Promise.all((await childrenOf(hostPid)).map(secondsOf));
  return {
    training: training.reduce((sum, seconds) => sum + seconds, 0),
    host: await secondsOf(hostPid),
    page: chromium((type) => type === 'renderer'),
    drawing: chromium((type) => type === 'GPU'),
    browser: chromium((type) => type !== 'renderer' && type !== 'GPU'),
  };
}
