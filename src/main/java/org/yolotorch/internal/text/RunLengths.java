// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Mask;

/**
 * Run-length encoding of a mask in COCO's format: column by column, beginning with a run of empty
 * pixels.
 */
public final class RunLengths {
  private static final int BITS = 5;
  private static final int DIGIT = (1 << BITS) - 1;
  private static final int SIGN = 1 << BITS - 1;
  private static final int MORE = 1 << BITS;
  private static final int FIRST_CHARACTER = '0';

  private RunLengths() {}

  public static List<Integer> of(Mask mask) {
    int height = mask.frameHeight();
    int bottom = Math.min(mask.top() + mask.height(), height - 1);
    List<Integer> runs = new ArrayList<>();
    boolean inside = false;
    int start = 0;
    // All changes lie in the columns of the object, or at the start of the one behind.
    for (int x = mask.left(); x <= mask.left() + mask.width() && x < mask.frameWidth(); x++) {
      for (int y = 0; y <= bottom; y = y == 0 ? Math.max(1, mask.top()) : y + 1) {
        if (mask.get(x, y) != inside) {
          inside = !inside;
          runs.add(x * height + y - start);
          start = x * height + y;
        }
      }
    }
    runs.add(mask.frameWidth() * height - start);
    return runs;
  }

  /** Digits of five bits, low ones first, of the difference to the run two before. */
  public static String compress(List<Integer> runs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      int rest = i > 2 ? runs.get(i) - runs.get(i - 2) : runs.get(i);
      boolean more;
      do {
        int digit = rest & DIGIT;
        rest >>= BITS;
        more = rest != ((digit & SIGN) != 0 ? -1 : 0);
        text.append((char) (FIRST_CHARACTER + digit + (more ? MORE : 0)));
      } while (more);
    }
    return text.toString();
  }
}
