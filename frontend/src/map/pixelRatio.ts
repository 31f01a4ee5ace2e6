/** Device pixels of a CSS pixel in an element; on a wall the page is enlarged, and so is what is drawn on it. */
export function pixelRatioOf(element: Element): number {
  return (window.devicePixelRatio || 1) * (element.currentCSSZoom || 1);
}
