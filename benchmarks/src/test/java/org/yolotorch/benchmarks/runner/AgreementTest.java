// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yolotorch.benchmarks.peer.Found;

class AgreementTest {
  private static final Found PERSON = new Found(0, 0.9F, 10, 20, 30, 40);
  private static final Found BUS = new Found(5, 0.8F, 10, 20, 30, 40);

  private static Found moved(Found box, float by, float confidence) {
    return new Found(
        box.classId(), box.confidence() + confidence, box.x1(), box.y1(), box.x2() + by, box.y2());
  }

  @Test
  void findsTheLargestDifferences() {
    Agreement agreement =
        Agreement.of(
            List.of(List.of(PERSON, BUS), List.of(PERSON)),
            List.of(List.of(moved(BUS, 0.25F, 0), PERSON), List.of(moved(PERSON, -0.5F, 0.0625F))));
    assertEquals(3, agreement.objects());
    assertEquals(0, agreement.alone());
    assertEquals(0.5, agreement.pixels());
    assertEquals(0.0625, agreement.confidence(), 1e-6);
    assertFalse(agreement.equal());
  }

  @Test
  void countsWhatOnlyOneHas() {
    Agreement agreement =
        Agreement.of(List.of(List.of(PERSON, PERSON)), List.of(List.of(PERSON, BUS)));
    assertEquals(1, agreement.objects());
    assertEquals(2, agreement.alone());
    assertFalse(agreement.equal());
  }

  @Test
  void doesNotPairWhatIsFarApart() {
    Agreement agreement =
        Agreement.of(List.of(List.of(PERSON)), List.of(List.of(moved(PERSON, 200, 0))));
    assertEquals(2, agreement.alone());
  }

  @Test
  void acceptsRounding() {
    assertTrue(
        Agreement.of(List.of(List.of(PERSON)), List.of(List.of(moved(PERSON, 0.05F, 1e-4F))))
            .equal());
  }

  @Test
  void countsAMissingPicture() {
    assertEquals(1, Agreement.of(List.of(List.of(PERSON)), List.of()).alone());
  }
}
