/** Loaded before a node that a test starts: the machine's clock goes as it does, set by so many milliseconds. */
const shift = Number(process.env.PARLEY_TEST_SHIFT_MS);
const { now } = Date;
Date.now = () => now() + shift;
