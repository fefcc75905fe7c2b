/**
 * Runs programs in alternating rounds; returns the figures of each by name.
 *
 * @param play - runs one program in one round, counted from 1
 */
export async function inTurns<Player extends { name: string }, Round>(
  players: Player[],
  rounds: number,
  play: (player: Player, round: number) => Promise<Round>,
): Promise<Record<string, Round[]>> {
  const shown: Record<string, Round[]> = {};
  for (let round = 1; round <= rounds; round++) {
    // Who comes first changes, as the data of etcd grows.
    const order = round % 2 === 1 ? players : [...players].reverse();
    for (const player of order)
      (shown[player.name] ??= []).push(await play(player, round));
  }
  return shown;
}
