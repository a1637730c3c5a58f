/** The world panel and the tour: loaded when somebody first wants them. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PartProps } from '../blocks/contract.ts';
import { tourIsOpen, worldIsOpen } from '../state/overlay.ts';
import { page } from '../state/page.ts';

type Part = ComponentType<PartProps>;

export function Extras() {
  return (
    <>
      {worldIsOpen.value && (
        <Late
          load={async () => (await import('../world/world-panel.tsx')).WorldPanel}
          close={() => {
            worldIsOpen.value = false;
          }}
        />
      )}
      {tourIsOpen.value && (
        <Late
          load={async () => (await import('../tour/tour.tsx')).Tour}
          close={() => {
            tourIsOpen.value = false;
          }}
        />
      )}
    </>
  );
}

function Late({ load, close }: { load: () => Promise<Part>; close: () => void }) {
  const [part, setPart] = useState<{ Is: Part }>();
  useEffect(() => {
    void load().then((Is) => setPart({ Is }));
  }, []);
  return part ? <part.Is page={page} close={close} /> : null;
}
