export { ContinuityBanner } from './ContinuityBanner.tsx';
export { Remembered } from './Remembered.tsx';
