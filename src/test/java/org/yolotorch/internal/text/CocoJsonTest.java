// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yolotorch.Box;
import org.yolotorch.Mask;
import org.yolotorch.PixelRect;
import org.yolotorch.support.Results;

class CocoJsonTest {
  private static final Box BOX = Results.box(5, 0.1234567f, 20.12345f, 10, 60.5f, 30);

  @Test
  void entriesOfEveryTask() {
    String start = "\"category_id\":6,\"score\":";
    String place = "0.12346,\"bbox\":[20.123,10.0,40.377,20.0]";
    assertEquals(
        List.of("{\"image_id\":42,\"file_name\":\"00042.jpg\"," + start + place + "}"),
        Results.detect(BOX).toCoco("00042.jpg", id -> id + 1));
    assertEquals(
        List.of(
            "{\"image_id\":\"a.b\",\"file_name\":\"a.b.jpg\","
                + start
                + place
                + ",\"segmentation\":{\"size\":[100,200],\"counts\":\"TQ2<`_a0\"}}"),
        Results.segment(List.of(BOX), List.of(Results.mask(false, 20, 84, 1, 12)))
            .toCoco("a.b.jpg", id -> id + 1));
    assertEquals(
        List.of(
            "{\"image_id\":\"x\",\"file_name\":\"x\","
                + start
                + place
                + ",\"keypoints\":[20.0,10.0,0.5,200.0,0.0,1.0]}"),
        Results.pose(List.of(BOX), List.of(Results.keypoints(20, 10, 0.5f, 200, 0, Float.NaN)))
            .toCoco("x", id -> id + 1));
    assertEquals(
        List.of(
            "{\"image_id\":\"x\",\"file_name\":\"x\","
                + start
                + "0.5,\"rbox\":[100.0,50.0,40.0,20.0,0.0],"
                + "\"poly\":[120.0,60.0,120.0,40.0,80.0,40.0,80.0,60.0]}"),
        Results.obb(Results.obb(5, 0.5f, 100, 50, 40, 20, 0)).toCoco("x", id -> id + 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,4 | 04",
        "15,1,16 | ?1`0",
        "3,2,3,4 | 3232", // the fourth as the difference to the second
        "9,40,2,8 | 9X12PO",
      })
  void runsAreCompressedAsCocoDoes(String runs, String text) {
    List<Integer> numbers = List.of(runs.split(",")).stream().map(Integer::valueOf).toList();
    assertEquals(text, RunLengths.compress(numbers));
    assertEquals(numbers, decompress(text));
  }

  /** The other way, written from COCO's description. */
  private static List<Integer> decompress(String text) {
    List<Integer> runs = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int value = 0;
      int shift = 0;
      int digit;
      do {
        digit = text.charAt(at++) - 48;
        value |= (digit & 31) << shift;
        shift += 5;
      } while ((digit & 32) != 0);
      value = (digit & 16) != 0 ? value | -1 << shift : value;
      runs.add(runs.size() > 2 ? value + runs.get(runs.size() - 2) : value);
    }
    return runs;
  }

  @Test
  void runsAreThoseOfTheMask() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int left = random.nextInt(Results.WIDTH);
      int top = random.nextInt(Results.HEIGHT);
      int width = 1 + random.nextInt(Math.min(20, Results.WIDTH - left));
      int height = 1 + random.nextInt(Results.HEIGHT - top);
      byte[] bits = new byte[(width + 7) / 8 * height];
      random.nextBytes(bits);
      Mask.Size size = new Mask.Size(Results.WIDTH, Results.HEIGHT);
      PixelRect part = new PixelRect(left, top, width, height);
      Mask mask = Mask.of(part, bits, new float[0], size, size);
      List<Integer> runs = decompress(RunLengths.compress(RunLengths.of(mask)));
      int pixel = 0;
      for (int run = 0; run < runs.size(); run++) {
        for (int i = 0; i < runs.get(run); i++, pixel++) {
          boolean set = mask.get(pixel / Results.HEIGHT, pixel % Results.HEIGHT);
          assertEquals(run % 2 == 1, set, "pixel " + pixel + " of round " + round);
        }
      }
      assertEquals(Results.WIDTH * Results.HEIGHT, pixel);
    }
  }
}
