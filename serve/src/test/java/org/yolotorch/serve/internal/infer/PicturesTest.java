// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.yolotorch.YoloException;
import org.yolotorch.serve.internal.http.Deadline;
import org.yolotorch.serve.internal.http.HttpFailure;
import org.yolotorch.serve.support.TurnedClock;

/** Decoding of the pictures of requests, within pixels and time. */
class PicturesTest {
  private final TurnedClock clock = new TurnedClock();
  private final Pictures pictures = new Pictures(100 * 100, 1 << 20);

  private static byte[] png(int side) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR), "png", out);
    return out.toByteArray();
  }

  private Deadline deadline() {
    return new Deadline(clock, clock.getAsLong(), Duration.ofSeconds(10).toNanos());
  }

  @Test
  void allPicturesOfARequestCount() throws IOException {
    try (Pictures.Decoded decoded = pictures.decode(Collections.nCopies(4, png(50)), deadline())) {
      assertEquals(4, decoded.images().size());
    }
    List<byte[]> five = Collections.nCopies(5, png(50));
    HttpFailure tooMany = assertThrows(HttpFailure.class, () -> pictures.decode(five, deadline()));
    assertEquals(400, tooMany.status());
    byte[] large = png(101);
    assertThrows(
        YoloException.InvalidImage.class, () -> pictures.decode(List.of(large), deadline()));
  }

  @Test
  void nothingIsDecodedAfterTheTime() throws IOException {
    Deadline over = deadline();
    clock.turn(Duration.ofSeconds(10));
    byte[] picture = png(50);
    for (int i = 0; i < 100; i++) {
      HttpFailure late =
          assertThrows(HttpFailure.class, () -> pictures.decode(List.of(picture), over));
      assertEquals(503, late.status());
    }
    // Neither cores nor memory are held by what failed.
    try (Pictures.Decoded decoded = pictures.decode(List.of(picture), deadline())) {
      assertEquals(1, decoded.images().size());
    }
  }
}
