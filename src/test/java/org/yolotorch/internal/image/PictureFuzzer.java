// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.yolotorch.ErrorCode;
import org.yolotorch.ImageLimits;
import org.yolotorch.support.Fuzzing;

/** Decodes whatever comes as a picture. */
public final class PictureFuzzer {
  private static final int MOST_PIXELS = 1 << 18;
  private static final ImageLimits LIMITS =
      ImageLimits.builder().maxPixels(MOST_PIXELS).decodeTime(Duration.ofSeconds(10)).build();
  private static final Set<ErrorCode> REFUSALS =
      EnumSet.of(ErrorCode.INVALID_IMAGE, ErrorCode.OUT_OF_MEMORY);

  private PictureFuzzer() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    Fuzzing.mayRefuse(
        REFUSALS,
        () -> {
          try {
            check(ImageDecoder.read(new ByteArrayInputStream(input), LIMITS));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void check(DecodedImage image) {
    long pixels = (long) image.width() * image.height();
    if (image.width() < 1 || image.height() < 1 || pixels > MOST_PIXELS) {
      throw new AssertionError("size " + image.width() + " x " + image.height());
    }
    if (image.bgr().length < 3 * pixels) {
      throw new AssertionError(image.bgr().length + " bytes for " + pixels + " pixels");
    }
  }
}
