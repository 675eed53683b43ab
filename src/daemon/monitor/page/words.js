/* The numbers of the messages in words. */

const TYPES = [
  'unknown', 'pedestrian', 'cyclist', 'moped', 'motorcycle', 'car', 'bus',
  'light truck', 'heavy truck', 'trailer', 'special vehicle', 'tram',
  'light VRU vehicle', 'animal', 'agricultural', 'road side unit',
];
const TWO_WHEELS = 4;
const LIGHT_VEHICLE = 12;
const ANIMAL = 13;

/* CollisionRiskSubCauseCode of TS 102 894-2; VRU: a vulnerable road user. */
const RISKS = [
  'collision', 'longitudinal', 'crossing', 'lateral', 'VRU',
  'with pedestrian', 'with cyclist', 'with motor vehicle',
];

export function typeText(type) {
  return TYPES[type] ?? (type === undefined ? '' : `type ${type}`);
}

export function isVulnerable(type) {
  return (type >= 1 && type <= TWO_WHEELS) || type === LIGHT_VEHICLE ||
    type === ANIMAL;
}

export function riskText(subCause) {
  return RISKS[subCause] ?? `sub-cause ${subCause}`;
}

/* Object 0 is the station itself. */
export function partyId(party) {
  return party.object ? `${party.station}/${party.object}` : `${party.station}`;
}

export function countdownText(left) {
  const seconds = Math.abs(left) / 1000;
  const text = seconds < 60 ? seconds.toFixed(1) : seconds.toFixed(0);
  return left >= 0 ? `${text} s` : `${text} s ago`;
}

/* "none" is a collision that has passed. */
export function urgency(left) {
  if (left < 0)
    return 'none';
  return left < 1500 ? 'high' : left < 4000 ? 'middle' : 'low';
}

export function durationText(ms) {
  const seconds = Math.round(ms / 1000);
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min']];
  for (const [size, unit] of parts)
    if (seconds >= 2 * size)
      return `${Math.floor(seconds / size)} ${unit}`;
  return `${seconds} s`;
}

export function speedText(speed) {
  return speed === undefined ? 'not known'
    : `${(speed * 0.036).toFixed(0)} km/h`;
}

export function headingText(heading) {
  return heading === undefined ? 'not known' : `${(heading / 10).toFixed(0)}°`;
}

export function milliseconds(us) {
  return us < 10000 ? `${us / 1000} ms` : `${Math.round(us / 1000)} ms`;
}
