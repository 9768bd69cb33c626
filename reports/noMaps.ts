/**
 * In place of d3-geo in the page: Plot carries it for maps, and no chart here is one, so it would only make every report 20 kB larger.
 * The names are those that Plot imports.
 */
const noMap = (): never => {
  throw new Error("reports draw no maps: d3-geo is left out in vite.config.ts")
}

export {
  noMap as geoAlbers,
  noMap as geoAlbersUsa,
  noMap as geoAzimuthalEqualArea,
  noMap as geoAzimuthalEquidistant,
  noMap as geoCentroid,
  noMap as geoClipRectangle,
  noMap as geoConicConformal,
  noMap as geoConicEqualArea,
  noMap as geoConicEquidistant,
  noMap as geoEqualEarth,
  noMap as geoEquirectangular,
  noMap as geoGnomonic,
  noMap as geoGraticule10,
  noMap as geoMercator,
  noMap as geoOrthographic,
  noMap as geoPath,
  noMap as geoStereographic,
  noMap as geoStream,
  noMap as geoTransverseMercator,
}

/** Plot makes one of these while it loads. */
export const geoTransform = (): undefined => undefined
