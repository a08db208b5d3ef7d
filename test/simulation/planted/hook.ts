import { plant } from '../../harness/plant.ts';
import { BUGS } from './bugs.ts';

plant(BUGS, process.env.PARLEY_SIMULATION_PLANT);
