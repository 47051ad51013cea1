export { ContinuityBanner } from './ContinuityBanner.tsx';
export { Remembered, RememberedPlaces } from './Remembered.tsx';
