/** A larger array, holding what the smaller one held. */
export function grown<T extends Float64Array | Float32Array | Int32Array | Uint8Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
