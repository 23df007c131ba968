// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import org.yolotorch.Probs;

/** Counts the pictures whose class is the most probable one, and among the five most probable. */
final class TopCounter {
  private int pictures;
  private int top1;
  private int top5;

  /** Adds a picture of this class. */
  void add(Probs probs, int classId) {
    pictures++;
    top1 += probs.top1() == classId ? 1 : 0;
    top5 += probs.top5().contains(classId) ? 1 : 0;
  }

  /** The accuracy; a picture has been added. */
  Top accuracy() {
    return new Top((double) top1 / pictures, (double) top5 / pictures);
  }
}
