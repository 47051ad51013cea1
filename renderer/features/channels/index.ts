export { PolicyPart } from './PolicyPart.tsx';
export { AirGap } from './AirGap.tsx';
export { ChannelForm } from './ChannelForm.tsx';
export { ChannelList } from './ChannelList.tsx';
export { Moving } from './Moving.tsx';
export { Queue } from './Queue.tsx';
export { WayOut } from './WayOut.tsx';
