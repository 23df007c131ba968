// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.yolotorch.Image;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.support.Assets;

/** What the network sees of a picture, byte by byte against OpenCV's and Pillow's work. */
class ResizeParityTest {
  private static final String FOLDER = "expected/resize/";

  @Test
  void letterboxIsThatOfOpenCv() throws IOException {
    assertEquals(0, different("letterbox", 13));
  }

  @Test
  void classifierCropIsThatOfPillow() throws IOException {
    assertEquals(0, different("classify", 5));
  }

  private static int different(String kind, int count) throws IOException {
    NativeLoader.load();
    JsonNode cases =
        new ObjectMapper().readTree(Assets.get(FOLDER + "cases.json").toFile()).get("cases");
    int found = 0;
    int different = 0;
    for (JsonNode one : cases) {
      if (one.has(kind)) {
        found++;
        Image image = Image.read(Assets.get(FOLDER + one.get("src").asText()));
        BufferedImage expected = ImageIO.read(Assets.get(FOLDER + one.get(kind).asText()).toFile());
        different += different(image, expected, kind.equals("classify"));
      }
    }
    Assets.figure(kind + "_bytes_different", different, "bytes");
    assertEquals(count, found);
    return different;
  }

  private static int different(Image image, BufferedImage expected, boolean classify) {
    int width = expected.getWidth();
    int height = expected.getHeight();
    LongBuffer picture =
        ByteBuffer.allocateDirect(Natives.kImageNumbers * Long.BYTES)
            .order(ByteOrder.nativeOrder())
            .asLongBuffer();
    PredictCall.put(picture, 0, image);
    ByteBuffer rgb = ByteBuffer.allocateDirect(3 * width * height);
    assertEquals(0, Natives.networkInput(picture, height, width, classify, rgb));
    // The picture's own pixels must live until here.
    java.lang.ref.Reference.reachabilityFence(image);
    int different = 0;
    for (int i = 0; i < width * height; i++) {
      int pixel = expected.getRGB(i % width, i / width);
      for (int c = 0; c < 3; c++) {
        different += rgb.get(3 * i + c) == (byte) (pixel >> 16 - 8 * c) ? 0 : 1;
      }
    }
    return different;
  }
}
