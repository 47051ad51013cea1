import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ValiseMark } from './ui/Mark.tsx';
import './styles/index.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ValiseMark size={64} />
    </StrictMode>,
  );
}
