// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.Task;
import org.yolotorch.Yolo;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.support.Counters;

/** A training takes no more memory from batch to batch. */
class TrainMemoryTest {
  private static final List<String> JVM =
      List.of(
          "-Xmx128m",
          "-Xms128m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:MaxDirectMemorySize=1g",
          "-Xlog:disable");

  private static final int BATCH = 2;
  private static final int PICTURES = 8;

  /** Growth that counts as none: malloc keeps some of what was freed. */
  private static final double MOST_PERCENT = 4;

  @TempDir private Path folder;

  @Test
  void memoryStaysFlat() throws Exception {
    Assumptions.assumeTrue(Boolean.getBoolean("yolotorch.long"), "This is one of the long tests.");
    Path data = TrainSets.make(folder.resolve("set"), Task.DETECT, PICTURES);
    double flat = growth(data, 200, 320, 0);
    Assets.figure("train_memory_growth", flat, "%");
    // The same measurement, with two megabytes lost per batch, must see it.
    double leak = growth(data, 48, 64, 2 << 20);
    Assets.figure("train_memory_growth_of_a_leak", leak, "%");
    assertTrue(flat <= MOST_PERCENT, flat + " % against " + leak + " %");
    assertTrue(leak > MOST_PERCENT, flat + " % against " + leak + " %");
  }

  /**
   * How much larger than at its most in the second quarter the process is at its least in the last
   * eighth, in per cent.
   */
  private double growth(Path data, int batches, int side, int lost) throws Exception {
    Path runs = folder.resolve("runs");
    String printed = ChildJvm.run(JVM, Batches.class, data, runs, batches, side, lost);
    double[] sizes = Arrays.stream(printed.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertEquals(batches, sizes.length);
    double first = Arrays.stream(sizes, batches / 4, batches / 2).max().orElseThrow();
    double last = Arrays.stream(sizes, batches - batches / 8, batches).min().orElseThrow();
    return 100 * (last / first - 1);
  }

  /** Trains; prints the size of the process in MB after each batch, without pages of files. */
  static final class Batches {
    public static void main(String[] args) {
      int batches = Integer.parseInt(args[2]);
      int lost = Integer.parseInt(args[4]);
      List<String> sizes = new ArrayList<>();
      TrainOptions options =
          TrainOptions.builder("yolo11n.yaml", Path.of(args[0]))
              .project(Path.of(args[1]))
              .imgsz(Integer.parseInt(args[3]))
              .batch(BATCH)
              .epochs(batches * BATCH / PICTURES)
              .set(TrainArgument.VAL, false)
              .set(TrainArgument.SAVE, false)
              .set(TrainArgument.PLOTS, false)
              .build();
      Yolo.train(
          options,
          new TrainListener() {
            @Override
            public void learned(BatchProgress progress) {
              Counters.lose(lost);
              sizes.add(Double.toString(megabytes()));
            }

            @Override
            public void warned(String sentence) {}
          });
      System.out.println(String.join(" ", sizes));
    }

    private static double megabytes() {
      try {
        String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * 4096.0 / (1 << 20);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
