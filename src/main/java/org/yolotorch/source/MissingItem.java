// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import org.yolotorch.YoloException;

/** An entry of a list that does not exist. */
record MissingItem(String name, String list) implements Item {
  @Override
  public boolean isPicture() {
    return true;
  }

  @Override
  public Frames open(int place) {
    throw new YoloException.NotFound(
        "A picture or video was expected at '"
            + name
            + "', which '"
            + list
            + "' names, but there is none; check the list.");
  }
}
