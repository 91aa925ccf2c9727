import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { readArguments } from './arguments.ts';
import type { Context } from './context.ts';
import { helpText } from './help.ts';
import { renderCommand } from './render.ts';
import { serveCommand } from './serve.ts';
import { trainCommand } from './train.ts';

/** Exit statuses of the command line. */
export const exit = { done: 0, failed: 1, badInput: 2 } as const;

/** Runs one command line to its exit status. What goes wrong is one line on stderr. Never rejects. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  try {
    await dispatch(argv, context);
    return exit.done;
  } catch (thrown) {
    const error = context.signal.aborted
      ? new SeamfieldError('cancelled', 'Stopped; nothing was written.')
      : SeamfieldError.from(thrown);
    context.stderr.write(`seamfield: ${error.message.replaceAll(/\s*[\r\n]+\s*/g, ' ')}\n`);
    return error.isBadInput ? exit.badInput : exit.failed;
  }
}

async function dispatch(argv: readonly string[], context: Context): Promise<void> {
  const invocation = readArguments(argv);
  if (invocation.kind === 'help') {
    context.stdout.write(`${helpText(invocation.command)}\n`);
    return;
  }
  if (invocation.kind === 'version') {
    context.stdout.write(`${context.version}\n`);
    return;
  }
  const { command, operands, values } = invocation;
  switch (command) {
    case 'reconstruct':
    case 'fuse':
    case 'clone':
      return trainCommand(context, command, operands, values);
    case 'render':
      return renderCommand(context, operands, values);
    case 'serve':
      return serveCommand(context, values);
  }
}
