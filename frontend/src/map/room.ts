const CELL_PX = 4;

/** Which parts of the map are taken by marks and names: a coarse picture of the view, in cells of 4 px. */
export class Room {
  private cells = new Uint8Array(0);
  private columns = 0;
  private rows = 0;

  clear(width: number, height: number): void {
    this.columns = Math.ceil(width / CELL_PX);
    this.rows = Math.ceil(height / CELL_PX);
    if (this.cells.length < this.columns * this.rows) {
      this.cells = new Uint8Array(this.columns * this.rows);
    } else {
      this.cells.fill(0);
    }
  }

  /** Whether nothing is in a box (CSS px); what reaches out of the view is not free. */
  isFree(left: number, top: number, right: number, bottom: number): boolean {
    if (left < 0 || top < 0 || right >= this.columns * CELL_PX || bottom >= this.rows * CELL_PX) {
      return false;
    }
    for (let row = Math.floor(top / CELL_PX); row <= Math.floor(bottom / CELL_PX); row++) {
      for (let column = Math.floor(left / CELL_PX); column <= Math.floor(right / CELL_PX); column++) {
        if (this.cells[row * this.columns + column] === 1) return false;
      }
    }
    return true;
  }

  take(left: number, top: number, right: number, bottom: number): void {
    const firstColumn = Math.max(0, Math.floor(left / CELL_PX));
    const lastColumn = Math.min(this.columns - 1, Math.floor(right / CELL_PX));
    const lastRow = Math.min(this.rows - 1, Math.floor(bottom / CELL_PX));
    for (let row = Math.max(0, Math.floor(top / CELL_PX)); row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        this.cells[row * this.columns + column] = 1;
      }
    }
  }
}
