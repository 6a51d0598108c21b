import { assignableSeats, freeSeats, type SkuState } from '../license/sku.ts';
import { isForUsers, isFree } from './product-kind.ts';

/** `over`: more users than seats; `none`: no free seat; `soon`: nearly none. */
export type Shortage = 'over' | 'none' | 'soon';

/** Of so many seats, one in twenty left is nearly none; of fewer, the last one. */
const FEW = 1 / 20;
/** One seat left of two or three says nothing: that is how they were bought. */
const SMALLEST = 5;

/** How short a product is of seats; null where it is not, and where nobody buys its seats. */
export function shortageOf(sku: SkuState): Shortage | null {
  if (isFree(sku) || !isForUsers(sku) || sku.consumed === 0) return null;
  const [bought, free] = [assignableSeats(sku), freeSeats(sku)];
  if (free < 0) return 'over';
  if (free === 0) return 'none';
  return bought >= SMALLEST && free <= Math.max(1, Math.floor(bought * FEW)) ? 'soon' : null;
}
