// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yolotorch.support.Results;

/** What users can make by themselves. */
class DetectionsTest {
  private static final Box BOX = Results.box(5, 0.5f, 10, 20, 30, 40);

  @Test
  void aResultIsMadeOfItsParts() {
    Result result =
        Result.of(
            Task.DETECT,
            Results.image(7),
            ImageSize.square(64),
            Map.of(5, "bus"),
            new Speed(1, 2, 3),
            Detections.ofBoxes(List.of(BOX)));
    assertEquals(List.of(BOX), result.boxes());
    assertEquals("1 bus", result.summary());
    assertEquals(List.of(), result.with(Detections.ofBoxes(List.of()), result.speed()).boxes());
  }

  @Test
  void masksAndKeypointsAreOnePerBox() {
    List<Box> boxes = List.of(BOX, BOX);
    Mask mask = Results.mask(false, 1, 2, 3, 4);
    assertEquals(2, Detections.ofMasks(boxes, List.of(mask, mask)).masks().size());
    YoloException thrown =
        assertThrows(
            YoloException.InvalidArgument.class, () -> Detections.ofMasks(boxes, List.of(mask)));
    assertTrue(thrown.getMessage().contains("1 for 2 boxes"), thrown.getMessage());
    assertThrows(
        YoloException.InvalidArgument.class,
        () -> Detections.ofKeypoints(boxes, List.of(Results.keypoints(1, 2, 3))));
  }

  @Test
  void probabilitiesAreCopiedAndAtLeastOne() {
    float[] values = {0.25f, 0.75f};
    Probs probs = Probs.of(values, Map.of());
    values[1] = 0;
    assertEquals(0.75f, probs.top1Confidence());
    assertThrows(YoloException.InvalidArgument.class, () -> Probs.of(new float[0], Map.of()));
  }

  @Test
  void aMaskNeedsABitPerPixel() {
    byte[] bits = {1, 2};
    Mask.Size size = new Mask.Size(20, 20);
    PixelRect part = new PixelRect(2, 3, 8, 2);
    Mask mask = Mask.of(part, bits, new float[0], size, size);
    bits[0] = 0;
    assertTrue(mask.get(2, 3));
    assertThrows(
        YoloException.InvalidArgument.class,
        () -> Mask.of(new PixelRect(2, 3, 9, 2), bits, new float[0], size, size));
  }

  @Test
  void aPartSharesTheMemoryOfItsPicture() {
    ByteBuffer pixels = ByteBuffer.allocateDirect(4 * 3 * 3);
    Image image = Image.of(pixels, 4, 3, PixelFormat.BGR);
    Image part = image.part(new PixelRect(1, 2, 3, 1));
    pixels.put((2 * 4 + 1) * 3, (byte) 99);
    assertEquals(99, part.pixels().get(0));
    assertEquals(12, part.rowBytes());
    assertTrue(part.pixels().isReadOnly());
    for (PixelRect beyond :
        List.of(
            new PixelRect(-1, 0, 1, 1),
            new PixelRect(0, -1, 1, 1),
            new PixelRect(0, 0, 0, 1),
            new PixelRect(0, 0, 1, 0),
            new PixelRect(2, 0, 3, 1),
            new PixelRect(0, 1, 1, 3),
            new PixelRect(1, 1, Integer.MAX_VALUE, 1))) {
      assertThrows(YoloException.InvalidArgument.class, () -> image.part(beyond), beyond::toString);
    }
  }
}
