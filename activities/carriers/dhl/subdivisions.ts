/** Provinces of Canada by the first letter of the postal code (Canada Post, addressing guidelines). */
const CANADA = 'A:NL B:NS C:PE E:NB G:QC H:QC J:QC K:ON L:ON M:ON N:ON P:ON R:MB S:SK T:AB V:BC X:NT Y:YT'

/** States of the United States by the first three digits of the ZIP code, from each number on (USPS, publication 65). */
const UNITED_STATES =
  '005:NY 006:PR 008:VI 009:PR 010:MA 028:RI 030:NH 039:ME 050:VT 055:MA 056:VT 060:CT 070:NJ 090:AE 100:NY 150:PA ' +
  '197:DE 200:DC 201:VA 202:DC 206:MD 220:VA 247:WV 270:NC 290:SC 300:GA 320:FL 340:AA 341:FL 350:AL 370:TN 386:MS ' +
  '398:GA 400:KY 430:OH 460:IN 480:MI 500:IA 530:WI 550:MN 569:DC 570:SD 580:ND 590:MT 600:IL 630:MO 660:KS 680:NE ' +
  '700:LA 716:AR 730:OK 733:TX 734:OK 750:TX 800:CO 820:WY 832:ID 840:UT 850:AZ 870:NM 885:TX 889:NV 900:CA 962:AP ' +
  '967:HI 969:GU 970:OR 980:WA 995:AK'

const pairsOf = (table: string): [string, string][] =>
  table.split(' ').map((pair) => pair.split(':') as [string, string])
const STATES = pairsOf(UNITED_STATES)
const PROVINCES: ReadonlyMap<string, string> = new Map(pairsOf(CANADA))

/** The state or province that DHL wants for the United States and Canada, told by the postal code; null when it tells none. */
export function provinceOf({ country, postalCode }: { country: string; postalCode: string }): string | null {
  if (country === 'CA') return /^X0[ABC]/.test(postalCode) ? 'NU' : (PROVINCES.get(postalCode.charAt(0)) ?? null)
  const zip = postalCode.slice(0, 3)
  return STATES.findLast(([from]) => from <= zip)?.[1] ?? null
}

/** Countries where the contract asks for it. */
export const NEEDS_PROVINCE: readonly string[] = ['US', 'CA']
