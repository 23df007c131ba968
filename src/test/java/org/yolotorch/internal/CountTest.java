// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void onlyOneThingIsSingular() {
    assertEquals("0 pictures", Count.of(0, "picture"));
    assertEquals("1 picture", Count.of(1, "picture"));
    assertEquals("2 pictures", Count.of(2, "picture"));
    assertEquals("1 class", Count.of(1, "class"));
    assertEquals("80 classes", Count.of(80, "class"));
  }
}
