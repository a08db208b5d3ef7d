import { useState } from 'react';
import type { IntentFields } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { PlaceFinder } from '../../components/Finder.tsx';
import { Line } from '../../components/Line.tsx';
import { SelectField } from '../../components/Select.tsx';
import { t } from '../../i18n/index.ts';
import type { ChangeFields } from './want-draft.ts';

const RADII = [2, 5, 10, 20, 30, 50, 100, 250];

/** Where, and how far from there. */
export function PlaceRow({ fields, onChange }: { fields: IntentFields; onChange: ChangeFields }) {
  const [isFinding, find] = useState(false);
  const { place, radiusKm } = fields;
  const radii = radiusKm === undefined || RADII.includes(radiusKm) ? RADII : [radiusKm, ...RADII];
  return (
    <Line label={t.wants.place}>
      <div className="line-pair">
        <p className="line-value">{place ? place.label : t.wants.placeNone}</p>
        {place ? (
          <SelectField
            label={t.wants.radius}
            value={radiusKm === undefined ? '' : String(radiusKm)}
            options={[
              { value: '', label: t.wants.radiusAny },
              ...radii.map((km) => ({ value: String(km), label: t.units.km(km) })),
            ]}
            onChange={(km) => onChange({ radiusKm: km === '' ? undefined : Number(km) })}
          />
        ) : null}
      </div>
      {isFinding ? (
        <PlaceFinder
          label={t.wants.placeSearch}
          onChange={(chosen) => {
            onChange({ place: chosen });
            find(false);
          }}
        />
      ) : (
        <div className="acts">
          <Button kind="line" onPress={() => find(true)}>
            {t.wants.findPlace}
          </Button>
          {place ? (
            <Button kind="line" onPress={() => onChange({ place: undefined, radiusKm: undefined })}>
              {t.wants.placeDrop}
            </Button>
          ) : null}
        </div>
      )}
    </Line>
  );
}
