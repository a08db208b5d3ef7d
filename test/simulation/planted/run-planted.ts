export async function runPlanted(_n: readonly string[], _p: number): Promise<number> { return 0; }
