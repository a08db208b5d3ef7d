export { default } from '../NotFound.tsx';
