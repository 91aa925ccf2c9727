/** How to reach a host that listens on loopback from another machine, for a person at a terminal. */
export function tunnelHint(url: string): string {
  const { port } = new URL(url);
  return (
    'The address is for a browser on this machine, and admits one. From another machine:\n' +
    `  ssh -L ${port}:127.0.0.1:${port} THIS-MACHINE\n` +
    'then open the same address there. Ctrl-C stops Seamfield.\n'
  );
}
