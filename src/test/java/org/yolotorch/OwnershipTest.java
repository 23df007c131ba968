// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;

/** Who frees a model, and what Java adds to a native call. */
class OwnershipTest {
  private static final int CALLS = 500;
  private static final int FORGOTTEN = 3;

  @Test
  void closedModelsAreFreedAtOnce() {
    NativeLoader.load();
    long before = Natives.openModels();
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      assertEquals(before + 1, Natives.openModels());
      assertTrue(model.toString().contains("yolo11n.pt"));
    }
    assertEquals(before, Natives.openModels());
  }

  /** In a JVM of its own, which logs to standard error as Java does by default. */
  @Test
  void forgottenModelsAreFreedByTheCollectorWhichTellsWhereTheyWereLoaded()
      throws IOException, InterruptedException {
    Path model = Assets.get("weights/yolo11n.pt");
    ChildJvm.Output printed =
        ChildJvm.outputs(ChildJvm.command(List.of(), Forgetful.class, model, FORGOTTEN));
    assertEquals(FORGOTTEN + " loaded, 0 left", printed.out());
    String err = printed.err();
    assertEquals(FORGOTTEN, count("yolo11n.pt' should have been closed by its owner", err), err);
    assertEquals(FORGOTTEN, count("Forgetful.forget(OwnershipTest.java:", err), err);
  }

  private static int count(String part, String text) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  /** Loads models, closes none and lets the collector find them. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] args) throws InterruptedException {
      long loaded = forget(Path.of(args[0]), Integer.parseInt(args[1]));
      for (int i = 0; i < 100 && Natives.openModels() > 0; i++) {
        System.gc();
        Thread.sleep(50);
      }
      System.out.println(loaded + " loaded, " + Natives.openModels() + " left");
    }

    private static long forget(Path file, int count) {
      List<Yolo> models = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        models.add(Yolo.load(file));
      }
      assertEquals(count, models.size());
      return Natives.openModels();
    }
  }

  /** In a JVM of its own: the checks this one runs under cost more than the call itself. */
  @Test
  void javaAddsLittleToANativeCall() throws IOException, InterruptedException {
    Path model = Assets.get("weights/yolo11n.pt");
    Path bus = Assets.picture("bus.jpg");
    String printed = ChildJvm.run(List.of(), Overhead.class, model, bus);
    double median = Double.parseDouble(printed);
    Assets.figure("java_overhead_ms", median, "ms");
    assertTrue(median <= 0.2, "median " + median + " ms");
  }

  /** Prints the median of wall time minus native time of a prediction, in milliseconds. */
  static final class Overhead {
    private Overhead() {}

    public static void main(String[] args) {
      try (Yolo model = Yolo.load(Path.of(args[0]))) {
        Image bus = Image.read(Path.of(args[1]));
        PredictOptions options = PredictOptions.builder().imgsz(64).conf(0.01).build();
        double[] added = new double[CALLS];
        for (int i = -CALLS; i < CALLS; i++) {
          long start = System.nanoTime();
          Result result = model.predict(bus, options);
          long wall = System.nanoTime() - start;
          Speed spent = result.speed();
          added[Math.max(i, 0)] =
              wall / 1e6 - spent.preprocess() - spent.inference() - spent.postprocess();
        }
        Arrays.sort(added);
        System.out.println(added[CALLS / 2]);
      }
    }
  }
}
