// unit_name.ts - the commune out of the name of its people's committee: the contract lists agencies only.

export function unitName(agencyName: string): string {
  const name = agencyName.replace(/^(Ủy ban nhân dân|UBND|People's Committee of)\s+/i, "");
  return name.charAt(0).toUpperCase() + name.slice(1);
}
