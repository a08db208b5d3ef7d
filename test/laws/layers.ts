import { type Import, importsOf } from './imports.ts';
import { isTest, type Module } from './parse.ts';

/**
 * From the ground up; a layer may use itself and those below it. Beside operations.ts stand the other tables that
 * are gathered from the rooms; `node` puts a running node together from them.
 */
const LAYERS = ['kernel', 'storage', 'rooms', 'operations', 'node', 'doors'] as const;

interface Place {
  readonly layer: (typeof LAYERS)[number];
  /** The folder that belongs together: a room, a door, the kernel. */
  readonly part: string;
}

/** These put everything together and may see all of it. */
const SEES_ALL = /^src\/(main|doors\/[^/]+\/main)\.ts$/;

const CODE = /\.(ts|tsx|mjs|js)$/;

/** Who may import whom; one sentence per breach. */
export function layerBreaches(modules: readonly Module[]): string[] {
  return modules
    .filter(({ path }) => path.startsWith('src/') && !isTest(path) && !isTestSupport(path))
    .flatMap((module) => importsOf(module).flatMap((it) => breach(module.path, it)));
}

function breach(path: string, it: Import): string[] {
  const say = (what: string) => [`${path}:${it.line} ${what} (${it.specifier})`];
  const target = it.target;
  if (target === undefined) return [];
  if (target.startsWith(DEVICE)) return refuseDevice(path, target).flatMap(say);
  if (!target.startsWith('src/')) return CODE.test(target) ? say('imports from outside src') : [];
  if (isTest(target) || isTestSupport(target)) return say('imports what only tests may');
  if (SEES_ALL.test(path)) return [];
  if (SEES_ALL.test(target)) return say('imports a main');
  if (target === 'src/config.ts') return say('imports the configuration, which a main hands on');
  const from = placeOf(path);
  const to = placeOf(target);
  if (!from || !to) return [];
  if (LAYERS.indexOf(to.layer) > LAYERS.indexOf(from.layer)) return say(`${from.layer} import ${to.layer}`);
  if (from.part === to.part || to.layer === 'kernel' || to.layer === 'operations') return [];
  if (to.layer === 'doors') return to.part === 'src/doors' ? [] : say('imports another door');
  return target === `${to.part}/index.ts` ? [] : say('reaches past an index.ts');
}

const DEVICE = 'device/';
/** The one door of a device, and the table that pages read before they load it. */
const DEVICE_DOORS: readonly (string | undefined)[] = ['device/index.ts', 'device/secret-fields.ts'];

/** The command line is a device too; the node itself opens nothing that is sealed. */
function refuseDevice(path: string, target: string): string[] {
  if (!path.startsWith('src/doors/cli/')) return ['opens what only devices may'];
  return DEVICE_DOORS.includes(target) ? [] : ['reaches past an index.ts'];
}

/** What the node and devices read My data by, and seal and compare what is given under: one source, and nothing that only one of them has. */
const SHARED =
  /^src\/(files\/(failures|limits|rules)|grants\/terms|kernel\/(ids|limits|result|text)|relationships\/comparison|vault\/(catalogue|content|failures|find|fold|in-order|limits|rules|values|view))\.ts$/;

/** A device runs in a page as on Node: what it runs comes from itself, or is shared and pure all the way down. */
export function deviceBreaches(modules: readonly Module[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const own = modules.filter(({ path }) => path.startsWith(DEVICE) && !isTest(path) && !isTestSupport(path));
  const seen = new Set<string>();
  const found: string[] = [];
  const follow = (module: Module): void => {
    if (seen.has(module.path)) return;
    seen.add(module.path);
    for (const it of importsOf(module)) {
      const isOwn = it.target?.startsWith(DEVICE) ?? false;
      const say = (what: string) => found.push(`${module.path}:${it.line} ${what} (${it.specifier})`);
      if (it.isType) continue;
      if (it.target === undefined) say('needs more than a page has');
      else if (module.path.startsWith(DEVICE) && !isOwn && !SHARED.test(it.target)) say('is not shared');
      const next = it.target === undefined ? undefined : byPath.get(it.target);
      if (next) follow(next);
    }
  };
  for (const module of own) follow(module);
  return found;
}

/** Migrations are frozen: code that changes later must not change what they do. */
export function migrationBreaches(modules: readonly Module[]): string[] {
  const folder = 'src/storage/migrations/';
  return modules
    .filter(({ path }) => path.startsWith(folder))
    .flatMap((module) =>
      importsOf(module)
        .filter((it) => !it.isType && it.target !== undefined && !it.target.startsWith(folder))
        .map((it) => `${module.path}:${it.line} imports code that is not frozen (${it.specifier})`),
    );
}

/** Circles between rooms, each told once. */
export function roomCircles(modules: readonly Module[]): string[] {
  const uses = new Map<string, Map<string, string>>();
  for (const module of modules) {
    const from = placeOf(module.path);
    if (from?.layer !== 'rooms' || isTest(module.path) || isTestSupport(module.path)) continue;
    for (const it of importsOf(module)) {
      const to = it.target === undefined ? undefined : placeOf(it.target);
      if (to?.layer !== 'rooms' || to.part === from.part) continue;
      const used = uses.get(from.part) ?? new Map<string, string>();
      if (!used.has(to.part)) used.set(to.part, `${module.path}:${it.line}`);
      uses.set(from.part, used);
    }
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const follow = (room: string, way: readonly string[]) => {
    const at = way.indexOf(room);
    if (at >= 0) {
      const circle = [...way.slice(at), room];
      circles.push(
        circle.map((it, i) => `${it} ${uses.get(it)?.get(circle[i + 1] ?? '') ?? ''}`).join('-> '),
      );
      return;
    }
    if (done.has(room)) return;
    for (const next of uses.get(room)?.keys() ?? []) follow(next, [...way, room]);
    done.add(room);
  };
  for (const room of uses.keys()) follow(room, []);
  return circles;
}

/** The pages know what operations take and answer, as types that are gone after the build, in one folder. */
export function webBreaches(modules: readonly Module[]): string[] {
  return modules
    .filter(({ path }) => path.startsWith('web/') && !isTest(path))
    .flatMap((module) =>
      importsOf(module)
        .filter(
          (it) =>
            it.target !== undefined && !it.target.startsWith('web/') && !DEVICE_DOORS.includes(it.target),
        )
        .filter((it) => !(it.isType && it.target?.startsWith('src/') && module.path.startsWith('web/api/')))
        .map((it) => `${module.path}:${it.line} imports ${it.specifier}`),
    );
}

/** Files that tests in several folders share, beside what they serve. */
export function isTestSupport(path: string): boolean {
  return /(^|\/)testing\.ts$/.test(path);
}

/** Undefined for what stands beside the layers: mains and configuration. */
function placeOf(path: string): Place | undefined {
  const [top, part, inner] = path.split('/');
  if (top !== 'src' || part === undefined) return undefined;
  if (part === 'main.ts' || part === 'config.ts') return undefined;
  if (inner === undefined || part === 'operations') return { layer: 'operations', part: 'operations' };
  if (part === 'kernel' || part === 'storage' || part === 'node') return { layer: part, part: `src/${part}` };
  if (part !== 'doors') return { layer: 'rooms', part: `src/${part}` };
  return { layer: 'doors', part: path.split('/').length > 3 ? `src/doors/${inner}` : 'src/doors' };
}
