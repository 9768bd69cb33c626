/** How cost grows with size: the slope of the line through the logarithms of both, by least squares. 1 is linear. */
export const growthExponent = (points: ReadonlyArray<{ readonly size: number; readonly cost: number }>): number => {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const meanX = logs.reduce((sum, { x }) => sum + x, 0) / logs.length
  const meanY = logs.reduce((sum, { y }) => sum + y, 0) / logs.length
  const covariance = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  return covariance / logs.reduce((sum, { x }) => sum + (x - meanX) * (x - meanX), 0)
}
